package io.rivulet.sql.parser;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.sql.parser.internal.RivuletSqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Turns the first error of form into an exception with its place, the text there, and what was expected. */
final class SyntaxErrors extends BaseErrorListener {
    /** More than this many possibilities say less than none. */
    private static final int MAX_EXPECTED = 8;

    private final String text;

    SyntaxErrors(String text) {
        this.text = text;
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            @Nullable Object symbol,
            int line,
            int column,
            String message,
            @Nullable RecognitionException cause) {
        StringBuilder error = new StringBuilder();
        if (symbol instanceof Token token) {
            error.append(token.getType() == Token.EOF ? "the text ends" : "'" + token.getText() + "' stands");
            error.append(" where it cannot");
        } else {
            error.append(message);
        }
        if (recognizer instanceof Parser parser) {
            error.append(expected(parser, cause));
        }
        throw at(text, line, column, error.toString());
    }

    static RivuletException at(String text, int line, int column, String message) {
        return ErrorCode.SYNTAX_ERROR.error(
                "line " + line + ":" + (column + 1) + ": " + message + " (in: " + text.strip() + ")");
    }

    static RivuletException at(ParserRuleContext place, String message) {
        Token start = place.getStart();
        return at(start.getInputStream().toString(), start.getLine(), start.getCharPositionInLine(), message);
    }

    private static String expected(Parser parser, @Nullable RecognitionException cause) {
        IntervalSet tokens = cause == null ? parser.getExpectedTokens() : cause.getExpectedTokens();
        if (tokens == null) {
            return "";
        }
        ATN grammar = parser.getATN();
        IntervalSet identifiers = grammar.nextTokens(grammar.ruleToStartState[RivuletSqlParser.RULE_identifier]);
        Set<String> names = new TreeSet<>();
        for (int type : tokens.toList()) {
            names.add(identifiers.contains(type) ? "a name" : name(parser, type));
        }
        List<String> shown = new ArrayList<>(names);
        if (shown.contains("a name") && shown.contains("a number")) {
            // everything that begins an expression
            return "; an expression is expected";
        }
        return shown.isEmpty() || shown.size() > MAX_EXPECTED ? "" : "; expected is " + String.join(" or ", shown);
    }

    private static String name(Parser parser, int type) {
        if (type == Token.EOF) {
            return "the end";
        }
        String symbol = String.valueOf(parser.getVocabulary().getSymbolicName(type));
        return switch (symbol) {
            case "INTEGER", "DECIMAL_NUMBER", "DOUBLE_NUMBER", "BIG_DECIMAL" -> "a number";
            case "STRING", "RAW_TEXT" -> "a text";
            default -> parser.getVocabulary().getDisplayName(type);
        };
    }
}
