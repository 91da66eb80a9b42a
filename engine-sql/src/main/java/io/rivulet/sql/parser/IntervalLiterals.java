package io.rivulet.sql.parser;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.expression.Literal;
import io.rivulet.function.Intervals;
import io.rivulet.sql.parser.internal.RivuletSqlParser;
import io.rivulet.type.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Intervals as they are written in SQL: {@code '10 minutes'}, {@code '10' MINUTE}, {@code '1-2' YEAR TO MONTH},
 * {@code 10 minutes 30 seconds}, with a sign in front or before each number.
 */
final class IntervalLiterals {
    private static final List<String> MONTH_UNITS = List.of("year", "years", "month", "months");

    private static final String HOUR = "(?:[01]?\\d|2[0-3])";
    private static final String MINUTE = "[0-5]?\\d";
    private static final String SECOND = "[0-5]?\\d(?:\\.\\d{1,9})?";

    /** What the text looks like for units from one to another. */
    private static final Map<String, Pattern> RANGES = Map.of(
            "year to month", range("\\d+-(?:0?\\d|1[01])"),
            "day to hour", range("\\d+ +" + HOUR),
            "day to minute", range("\\d+ +" + HOUR + ":" + MINUTE),
            "day to second", range("\\d+ +" + HOUR + ":" + MINUTE + ":" + SECOND),
            "hour to minute", range("\\d+:" + MINUTE),
            "hour to second", range("\\d+:" + MINUTE + ":" + SECOND),
            "minute to second", range("\\d+:" + SECOND));

    private IntervalLiterals() {}

    private static Pattern range(String body) {
        return Pattern.compile("([+-]?)(" + body + ")");
    }

    /** The interval; {@code SYNTAX_ERROR} naming the text and what one looks like. */
    static Literal of(RivuletSqlParser.IntervalTextContext context) {
        try {
            return context instanceof RivuletSqlParser.IntervalStringContext quoted
                    ? quoted(quoted)
                    : parts((RivuletSqlParser.IntervalPartsContext) context);
        } catch (RivuletException e) {
            if (e.code() == ErrorCode.SYNTAX_ERROR) {
                throw e;
            }
            String message = String.valueOf(e.getMessage());
            throw SyntaxErrors.at(context, message.substring(message.indexOf(' ') + 1));
        }
    }

    private static Literal quoted(RivuletSqlParser.IntervalStringContext interval) {
        String text = Texts.unquote(interval.STRING().getText()).strip();
        String from = interval.from == null ? "" : interval.from.getText().toLowerCase(Locale.ROOT);
        String to = interval.to == null ? "" : interval.to.getText().toLowerCase(Locale.ROOT);
        boolean negative = interval.sign != null && interval.sign.getType() == RivuletSqlParser.MINUS;
        Literal literal = to.isEmpty()
                ? literal(from.isEmpty() ? text : text + " " + from)
                : between(interval, text, from + " to " + to);
        return negative ? negated(literal) : literal;
    }

    private static Literal negated(Literal literal) {
        if (literal.value() instanceof Integer months) {
            return new Literal(-months, literal.type());
        }
        return literal.value() instanceof Long micros ? new Literal(-micros, literal.type()) : literal;
    }

    private static Literal between(RivuletSqlParser.IntervalStringContext place, String text, String units) {
        Pattern range = RANGES.get(units);
        var matcher = range == null ? null : range.matcher(text);
        if (matcher == null || !matcher.matches()) {
            throw SyntaxErrors.at(
                    place,
                    "the text '" + text + "' is no INTERVAL " + units.toUpperCase(Locale.ROOT)
                            + "; write e.g. '1-2' YEAR TO MONTH or '1 02:03:04.5' DAY TO SECOND");
        }
        String sign = matcher.group(1);
        String body = matcher.group(2);
        return switch (units) {
            case "year to month" -> new Literal(Intervals.months(sign + body), DataType.INTERVAL_YEAR_MONTH);
            case "day to hour" -> micros(sign + body + ":00");
            case "minute to second" -> {
                int colon = body.indexOf(':');
                // more minutes than an hour has are allowed here, and the first number only
                yield literal(
                        sign + body.substring(0, colon) + " minutes " + sign + body.substring(colon + 1) + " seconds");
            }
            default -> micros(sign + body);
        };
    }

    private static Literal micros(String text) {
        return new Literal(Intervals.micros(text), DataType.INTERVAL_DAY_TIME);
    }

    private static Literal parts(RivuletSqlParser.IntervalPartsContext interval) {
        return literal(interval.intervalPart().stream()
                .map(part -> {
                    boolean quoted = part.amount.getType() == RivuletSqlParser.STRING;
                    String amount = part.amount.getText();
                    amount = quoted ? Texts.unquote(amount).strip() : amount;
                    if (part.sign != null && part.sign.getType() == RivuletSqlParser.MINUS) {
                        amount = amount.startsWith("-") ? amount.substring(1) : "-" + amount;
                    }
                    return amount + " " + part.unit.getText();
                })
                .collect(Collectors.joining(" ")));
    }

    private static Literal literal(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean months = MONTH_UNITS.stream().anyMatch(unit -> lower.matches(".*\\b" + unit + "\\b.*"));
        return months || lower.matches("[+-]?\\d+-\\d+")
                ? new Literal(Intervals.months(text), DataType.INTERVAL_YEAR_MONTH)
                : micros(text);
    }
}
