package io.rivulet.sql.parser;

import io.rivulet.error.ErrorCode;
import io.rivulet.sql.logical.UnresolvedExpression;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads SQL text. Every error of form is {@code SYNTAX_ERROR} with line, column (both from 1) and what was expected.
 * Thread-safe.
 */
public final class SqlParser {
    private SqlParser() {}

    /** A scalar or aggregate expression, with or without alias: {@code a + 1}, {@code sum(x) AS total}. */
    public static UnresolvedExpression expression(String text) {
        List<UnresolvedExpression> items = selectItems(text);
        if (items.size() != 1) {
            throw ErrorCode.SYNTAX_ERROR.error(
                    "'" + text + "' is " + items.size() + " expressions; one is expected here");
        }
        return items.get(0);
    }

    /** What may stand after SELECT: expressions between commas, or {@code *}. */
    public static List<UnresolvedExpression> selectItems(String text) {
        return Grammar.selectItems(text);
    }

    /** A type: {@code INT}, {@code DECIMAL(10,2)}, {@code ARRAY<STRUCT<a: INT>>}. */
    public static DataType type(String text) {
        DataType simple = TypeNames.find(text);
        return simple != null ? simple : Grammar.type(text);
    }

    /** Columns: {@code a INT, b STRING NOT NULL}; {@code BAD_SCHEMA} when a name is there twice. */
    public static Schema schema(String text) {
        Schema schema = Grammar.schema(text);
        Set<String> names = new HashSet<>();
        for (String name : schema.names()) {
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw ErrorCode.BAD_SCHEMA.error("the column '" + name + "' is twice in the schema '" + text + "'");
            }
        }
        return schema;
    }
}
