package io.rivulet.sql.analysis;

import io.rivulet.sql.logical.Alias;
import io.rivulet.sql.logical.AllColumns;
import io.rivulet.sql.logical.ColumnName;
import io.rivulet.sql.logical.FieldOf;
import io.rivulet.sql.logical.FunctionCall;
import io.rivulet.sql.logical.UnresolvedExpression;

/** What the column of an expression is called: its alias, its own name, or its text. */
final class OutputNames {
    private OutputNames() {}

    static String of(UnresolvedExpression expression) {
        if (expression instanceof Alias alias) {
            return alias.name();
        }
        if (expression instanceof ColumnName name) {
            return name.parts().get(name.parts().size() - 1);
        }
        if (expression instanceof FieldOf field) {
            return field.field();
        }
        if (expression instanceof FunctionCall call) {
            if (call.key().equals("window") || call.key().equals("window_time")) {
                return call.key();
            }
            boolean countsRows = call.key().equals("count")
                    && !call.distinct()
                    && call.filter() == null
                    && call.arguments().size() == 1
                    && call.arguments().get(0) instanceof AllColumns;
            // what Spark calls it
            return countsRows ? "count(1)" : call.sql();
        }
        return expression.sql();
    }
}
