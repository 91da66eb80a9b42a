package io.rivulet.sql.parser;

import io.rivulet.error.RivuletException;
import io.rivulet.expression.Literal;
import io.rivulet.function.Intervals;
import io.rivulet.sql.parser.internal.RivuletSqlParser;
import io.rivulet.type.DataType;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;

/** What stands between quotes. */
final class Texts {
    private static final List<String> MONTH_UNITS = List.of("year", "years", "month", "months");

    private Texts() {}

    /** The text of a quoted literal: doubled quotes are one, and backslashes escape as in Java, {@code \\%} staying for LIKE. */
    static String unquote(String literal) {
        char quote = literal.charAt(0);
        StringBuilder text = new StringBuilder(literal.length());
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c == quote) {
                i++;
                text.append(quote);
            } else if (c == '\\') {
                i++;
                escape(literal.charAt(i), text);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static void escape(char c, StringBuilder text) {
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'b' -> text.append('\b');
            case '0' -> text.append('\0');
            case '%', '_' -> text.append('\\').append(c);
            default -> text.append(c);
        }
    }

    /** The value of {@code '10' MINUTES}, {@code '1-2' YEAR TO MONTH}, {@code 10 minutes} or {@code '10 minutes'}. */
    static Literal interval(RivuletSqlParser.IntervalTextContext context) {
        String text;
        boolean months;
        if (context instanceof RivuletSqlParser.IntervalStringContext quoted) {
            text = unquote(quoted.STRING().getText());
            String unit = quoted.from == null ? "" : quoted.from.getText().toLowerCase(Locale.ROOT);
            if (!unit.isEmpty() && quoted.to == null) {
                text = text.strip() + " " + unit;
            }
            months = MONTH_UNITS.contains(unit) || (unit.isEmpty() && namesMonths(text));
        } else {
            CharStream input = context.getStart().getInputStream();
            Token stop = context.getStop();
            text = input.getText(Interval.of(context.getStart().getStartIndex(), stop.getStopIndex()))
                    .replaceAll("-\\s+", "-");
            months = namesMonths(text);
        }
        try {
            return months
                    ? new Literal(Intervals.months(text), DataType.INTERVAL_YEAR_MONTH)
                    : new Literal(Intervals.micros(text), DataType.INTERVAL_DAY_TIME);
        } catch (RivuletException e) {
            String message = String.valueOf(e.getMessage());
            throw SyntaxErrors.at(
                    context.getStart().getInputStream().toString(),
                    context.getStart().getLine(),
                    context.getStart().getCharPositionInLine(),
                    message.substring(message.indexOf(' ') + 1));
        }
    }

    private static boolean namesMonths(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return MONTH_UNITS.stream().anyMatch(unit -> lower.matches(".*\\b" + unit + "\\b.*"));
    }
}
