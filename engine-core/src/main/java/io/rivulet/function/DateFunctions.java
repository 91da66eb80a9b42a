package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.SimpleType;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions of dates; timestamps are cast to the date in the session zone. */
public final class DateFunctions {
    private DateFunctions() {}

    /** The year. */
    @ScalarFunction(name = "year")
    public static int year(@As(SimpleType.DATE) int days) {
        return LocalDate.ofEpochDay(days).getYear();
    }

    /** The quarter, 1 to 4. */
    @ScalarFunction(name = "quarter")
    public static int quarter(@As(SimpleType.DATE) int days) {
        return LocalDate.ofEpochDay(days).get(IsoFields.QUARTER_OF_YEAR);
    }

    /** The month, 1 to 12. */
    @ScalarFunction(name = "month")
    public static int month(@As(SimpleType.DATE) int days) {
        return LocalDate.ofEpochDay(days).getMonthValue();
    }

    /** The day of the month. */
    @ScalarFunction(name = {"day", "dayofmonth"})
    public static int day(@As(SimpleType.DATE) int days) {
        return LocalDate.ofEpochDay(days).getDayOfMonth();
    }

    /** The day of the year. */
    @ScalarFunction(name = "dayofyear")
    public static int dayOfYear(@As(SimpleType.DATE) int days) {
        return LocalDate.ofEpochDay(days).getDayOfYear();
    }

    /** The ISO week of the year. */
    @ScalarFunction(name = {"weekofyear", "week"})
    public static int weekOfYear(@As(SimpleType.DATE) int days) {
        return LocalDate.ofEpochDay(days).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    /** The day of the week, 1 for Sunday to 7 for Saturday. */
    @ScalarFunction(name = "dayofweek")
    public static int dayOfWeek(@As(SimpleType.DATE) int days) {
        return LocalDate.ofEpochDay(days).getDayOfWeek().getValue() % 7 + 1;
    }

    /** The day of the week, 0 for Monday to 6 for Sunday. */
    @ScalarFunction(name = "weekday")
    public static int weekday(@As(SimpleType.DATE) int days) {
        return LocalDate.ofEpochDay(days).getDayOfWeek().getValue() - 1;
    }

    /** A date so many days later. */
    @ScalarFunction(name = {"date_add", "dateadd"})
    @As(SimpleType.DATE)
    public static int dateAdd(@As(SimpleType.DATE) int days, int count) {
        return ArithmeticFunctions.add(days, count);
    }

    /** A date so many days earlier. */
    @ScalarFunction(name = "date_sub")
    @As(SimpleType.DATE)
    public static int dateSub(@As(SimpleType.DATE) int days, int count) {
        return ArithmeticFunctions.subtract(days, count);
    }

    /** The days from the second date to the first. */
    @ScalarFunction(name = {"datediff", "date_diff"})
    public static int dateDiff(@As(SimpleType.DATE) int end, @As(SimpleType.DATE) int start) {
        return ArithmeticFunctions.subtract(end, start);
    }

    /** A date so many months later, at the month's last day where it is shorter. */
    @ScalarFunction(name = "add_months")
    @As(SimpleType.DATE)
    public static int addMonths(@As(SimpleType.DATE) int days, int months) {
        return IntervalFunctions.plusMonths(days, months);
    }

    /** The last day of the month. */
    @ScalarFunction(name = "last_day")
    @As(SimpleType.DATE)
    public static int lastDay(@As(SimpleType.DATE) int days) {
        return (int) YearMonth.from(LocalDate.ofEpochDay(days)).atEndOfMonth().toEpochDay();
    }

    /** The first day after a date that has the named day of the week; null for no such name. */
    @ScalarFunction(name = "next_day", nulls = NullRule.NULL_RESULT)
    @As(SimpleType.DATE)
    public static @Nullable Integer nextDay(@As(SimpleType.DATE) int days, String name) {
        String start = name.trim().toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (start.length() >= 2 && day.name().startsWith(start)) {
                return (int) LocalDate.ofEpochDay(days)
                        .with(TemporalAdjusters.next(day))
                        .toEpochDay();
            }
        }
        return null;
    }

    /** The first day of the year, quarter, month or week; null for another unit. */
    @ScalarFunction(name = "trunc", nulls = NullRule.NULL_RESULT)
    @As(SimpleType.DATE)
    public static @Nullable Integer trunc(@As(SimpleType.DATE) int days, String unit) {
        LocalDate date = LocalDate.ofEpochDay(days);
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "year", "yyyy", "yy" -> (int) date.withDayOfYear(1).toEpochDay();
            case "quarter" ->
                (int) date.withDayOfMonth(1)
                        .withMonth((date.getMonthValue() - 1) / 3 * 3 + 1)
                        .toEpochDay();
            case "month", "mon", "mm" -> (int) date.withDayOfMonth(1).toEpochDay();
            case "week" -> days - (date.getDayOfWeek().getValue() - 1);
            default -> null;
        };
    }

    /** The date of a year, month and day. */
    @ScalarFunction(name = "make_date")
    @As(SimpleType.DATE)
    public static int makeDate(int year, int month, int day) {
        try {
            return (int) LocalDate.of(year, month, day).toEpochDay();
        } catch (java.time.DateTimeException e) {
            throw ErrorCode.BAD_ARGUMENT.error(
                    "make_date(" + year + ", " + month + ", " + day + "): " + e.getMessage(), e);
        }
    }

    /** Days since 1970-01-01. */
    @ScalarFunction(name = "unix_date")
    public static int unixDate(@As(SimpleType.DATE) int days) {
        return days;
    }

    /** The date so many days after 1970-01-01. */
    @ScalarFunction(name = "date_from_unix_date")
    @As(SimpleType.DATE)
    public static int dateFromUnixDate(int days) {
        return days;
    }

    /** To DATE, as a cast does it. */
    @ScalarFunction(name = {"to_date", "date"})
    @As(SimpleType.DATE)
    public static int toDate(@As(SimpleType.DATE) int days) {
        return days;
    }

    /** Text of the given pattern (Java's DateTimeFormatter) to DATE. */
    @ScalarFunction(name = "to_date")
    @As(SimpleType.DATE)
    public static int toDate(String text, String pattern) {
        return (int) Math.floorDiv(TimeFunctions.parse(text, pattern), DateTimeText.DAY);
    }
}
