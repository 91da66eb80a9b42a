package io.rivulet.expression;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** {@code EXTRACT(field FROM time)}: the function of a field, or what its value is computed by. */
final class TimeParts {
    private TimeParts() {}

    /** @param args the name of the field, a constant text, and a date or time; {@code BAD_ARGUMENT} for another field */
    static Expression of(List<Expression> args) {
        Expression time = args.get(1);
        if (!(args.get(0) instanceof Literal literal)
                || (literal.value() != null && literal.type() != DataType.STRING)) {
            throw ErrorCode.BAD_ARGUMENT.error("a part of a time is named by a constant text, not " + args.get(0));
        }
        String field = String.valueOf(literal.value()).toLowerCase(Locale.ROOT);
        return switch (field) {
            case "null" -> Cast.of(literal, DataType.INT);
            case "year", "years", "y", "yr", "yrs" -> Expressions.call("year", time);
            case "quarter", "qtr" -> Expressions.call("quarter", time);
            case "month", "months", "mon", "mons" -> Expressions.call("month", time);
            case "week", "weeks", "w" -> Expressions.call("weekofyear", time);
            case "day", "days", "d" -> Expressions.call("day", time);
            case "dayofweek", "dow" -> Expressions.call("dayofweek", time);
            case "dayofweek_iso", "dow_iso" -> Expressions.call("+", Expressions.call("weekday", time), Literal.of(1));
            case "doy" -> Expressions.call("dayofyear", time);
            case "hour", "hours", "h", "hr", "hrs" -> Expressions.call("hour", time);
            case "minute", "minutes", "m", "min", "mins" -> Expressions.call("minute", time);
            case "second", "seconds", "s", "sec", "secs" -> seconds(time);
            default ->
                throw ErrorCode.BAD_ARGUMENT.error("a time has no part '" + field + "' here; there are year, quarter,"
                        + " month, week, day, dayofweek, dayofweek_iso, doy, hour, minute and second");
        };
    }

    /** With their fraction, as DECIMAL(8,6). */
    private static Expression seconds(Expression time) {
        Expression minute = Expressions.call("date_trunc", Literal.of("minute"), time);
        Expression micros =
                Expressions.call("-", Expressions.call("unix_micros", time), Expressions.call("unix_micros", minute));
        Expression seconds =
                Expressions.call("*", Cast.of(micros, new DecimalType(8, 0)), Literal.of(new BigDecimal("0.000001")));
        return Cast.of(seconds, new DecimalType(8, 6));
    }
}
