package io.rivulet.sql.parser;

import io.rivulet.option.Names;
import io.rivulet.sql.parser.internal.RivuletSqlBaseVisitor;
import io.rivulet.sql.parser.internal.RivuletSqlParser;
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.Field;
import io.rivulet.type.MapType;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;

/** Parse trees of types to types. */
final class TypeBuilder extends RivuletSqlBaseVisitor<DataType> {
    private static final List<String> YEAR_MONTH = List.of("year", "month");
    private static final List<String> DAY_TIME = List.of("day", "hour", "minute", "second");

    private static void require(RivuletSqlParser.IdentifierContext name, String wanted, String form) {
        if (!name.getText().equalsIgnoreCase(wanted)) {
            throw unknown(name, name.getText(), "; write " + form);
        }
    }

    private static io.rivulet.error.RivuletException unknown(ParserRuleContext place, String name, String hint) {
        return SyntaxErrors.at(place, "'" + name + "' is no type here" + hint);
    }

    @Override
    public DataType visitSimpleType(RivuletSqlParser.SimpleTypeContext type) {
        DataType found = TypeNames.find(type.getText());
        if (found == null) {
            List<String> names = new ArrayList<>();
            TypeNames.all().forEach(names::add);
            throw unknown(type, type.getText(), Names.didYouMean(type.getText(), names));
        }
        return found;
    }

    @Override
    public DataType visitDecimalType(RivuletSqlParser.DecimalTypeContext type) {
        String name = type.identifier().getText().toLowerCase(Locale.ROOT);
        if (name.equals("varchar") || name.equals("char")) {
            return DataType.STRING;
        }
        if (!name.equals("numeric") && !name.equals("dec")) {
            require(type.identifier(), "decimal", "DECIMAL(precision, scale)");
        }
        int scale = type.INTEGER().size() == 1 ? 0 : number(type, 1);
        return new DecimalType(number(type, 0), scale);
    }

    private static int number(RivuletSqlParser.DecimalTypeContext type, int index) {
        String digits = type.INTEGER(index).getText();
        return digits.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    @Override
    public DataType visitArrayType(RivuletSqlParser.ArrayTypeContext type) {
        require(type.identifier(), "array", "ARRAY<type>");
        return new ArrayType(visit(type.dataType()));
    }

    @Override
    public DataType visitMapType(RivuletSqlParser.MapTypeContext type) {
        require(type.identifier(), "map", "MAP<key, value>");
        return new MapType(visit(type.dataType(0)), visit(type.dataType(1)));
    }

    @Override
    public DataType visitStructType(RivuletSqlParser.StructTypeContext type) {
        require(type.identifier(), "struct", "STRUCT<name: type, …>");
        List<Field> fields = type.structField().stream()
                .map(f -> new Field(ExpressionBuilder.name(f.identifier()), visit(f.dataType()), f.NOT() == null))
                .toList();
        return new StructType(new Schema(fields));
    }

    @Override
    public DataType visitIntervalType(RivuletSqlParser.IntervalTypeContext type) {
        List<String> units = type.identifier().stream()
                .map(i -> i.getText().toLowerCase(Locale.ROOT))
                .toList();
        if (YEAR_MONTH.containsAll(units)) {
            return DataType.INTERVAL_YEAR_MONTH;
        }
        if (DAY_TIME.containsAll(units)) {
            return DataType.INTERVAL_DAY_TIME;
        }
        throw unknown(type, type.getText(), "; write INTERVAL YEAR TO MONTH or INTERVAL DAY TO SECOND");
    }
}
