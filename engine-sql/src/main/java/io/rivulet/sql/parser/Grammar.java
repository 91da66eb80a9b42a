package io.rivulet.sql.parser;

import io.rivulet.sql.logical.UnresolvedExpression;
import io.rivulet.sql.parser.internal.RivuletSqlLexer;
import io.rivulet.sql.parser.internal.RivuletSqlParser;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;

/** The grammar's entry points. Apart from {@link SqlParser}, so that loading that class loads nothing of ANTLR. */
final class Grammar {
    private Grammar() {}

    static List<UnresolvedExpression> selectItems(String text) {
        return parse(text, parser -> {
            RivuletSqlParser.SelectItemsContext items = parser.selectItems();
            ExpressionBuilder builder = new ExpressionBuilder();
            return items.selectItem().stream().map(builder::visit).toList();
        });
    }

    static DataType type(String text) {
        return parse(text, parser -> new TypeBuilder().visit(parser.singleType().dataType()));
    }

    static Schema schema(String text) {
        return parse(text, parser -> {
            TypeBuilder types = new TypeBuilder();
            List<Field> fields = parser.singleSchema().columnDefinition().stream()
                    .map(c -> new Field(
                            ExpressionBuilder.name(c.identifier()), types.visit(c.dataType()), c.NOT() == null))
                    .toList();
            return new Schema(fields);
        });
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
