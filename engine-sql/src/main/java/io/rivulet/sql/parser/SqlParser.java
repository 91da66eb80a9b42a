package io.rivulet.sql.parser;

import io.rivulet.error.ErrorCode;
import io.rivulet.sql.logical.UnresolvedExpression;
import io.rivulet.sql.parser.internal.RivuletSqlLexer;
import io.rivulet.sql.parser.internal.RivuletSqlParser;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;

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
        return parse(text, parser -> {
            RivuletSqlParser.SelectItemsContext items = parser.selectItems();
            ExpressionBuilder builder = new ExpressionBuilder();
            return items.selectItem().stream().map(builder::visit).toList();
        });
    }

    /** A type: {@code INT}, {@code DECIMAL(10,2)}, {@code ARRAY<STRUCT<a: INT>>}. */
    public static DataType type(String text) {
        DataType simple = TypeNames.find(text);
        return simple != null
                ? simple
                : parse(
                        text,
                        parser -> new TypeBuilder().visit(parser.singleType().dataType()));
    }

    /** Columns: {@code a INT, b STRING NOT NULL}; {@code BAD_SCHEMA} when a name is there twice. */
    public static Schema schema(String text) {
        Schema schema = parse(text, parser -> {
            TypeBuilder types = new TypeBuilder();
            List<Field> fields = parser.singleSchema().columnDefinition().stream()
                    .map(c -> new Field(
                            ExpressionBuilder.name(c.identifier()), types.visit(c.dataType()), c.NOT() == null))
                    .toList();
            return new Schema(fields);
        });
        Set<String> names = new HashSet<>();
        for (String name : schema.names()) {
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw ErrorCode.BAD_SCHEMA.error("the column '" + name + "' is twice in the schema '" + text + "'");
            }
        }
        return schema;
    }

    private static <T> T parse(String text, Function<RivuletSqlParser, T> rule) {
        SyntaxErrors errors = new SyntaxErrors(text);
        RivuletSqlLexer lexer = new RivuletSqlLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        lexer.addErrorListener(errors);
        RivuletSqlParser parser = new RivuletSqlParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.addErrorListener(errors);
        return rule.apply(parser);
    }
}
