package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.SimpleType;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Arithmetic of times and intervals, and the start of a window. Calendar steps of instants are made in the session zone. */
public final class IntervalFunctions {
    private IntervalFunctions() {}

    private static long plus(long a, long b, String what) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            throw ErrorCode.ARITHMETIC_OVERFLOW.error(a + " + " + b + " microseconds is outside the range of " + what);
        }
        return sum;
    }

    private static long minus(long a, long b, String what) {
        if (b == Long.MIN_VALUE) {
            throw ErrorCode.ARITHMETIC_OVERFLOW.error(a + " - " + b + " microseconds is outside the range of " + what);
        }
        return plus(a, -b, what);
    }

    static int plusMonths(int days, long months) {
        LocalDate date = LocalDate.ofEpochDay(days);
        try {
            return Math.toIntExact(date.plusMonths(months).toEpochDay());
        } catch (DateTimeException | ArithmeticException e) {
            throw ErrorCode.ARITHMETIC_OVERFLOW.error(
                    date + " + " + months + " months is outside the range of DATE; use the try_ variant to get null",
                    e);
        }
    }

    private static long localPlusMonths(long local, long months) {
        int days = (int) Math.floorDiv(local, DateTimeText.DAY);
        long day = plusMonths(days, months);
        try {
            return Math.addExact(Math.multiplyExact(day, DateTimeText.DAY), Math.floorMod(local, DateTimeText.DAY));
        } catch (ArithmeticException e) {
            throw ErrorCode.ARITHMETIC_OVERFLOW.error(
                    DateTimeText.formatLocal(local) + " + " + months
                            + " months is outside the range of TIMESTAMP; use the try_ variant to get null",
                    e);
        }
    }

    /** The start of the newest window that holds a time: {@code ts − floorMod(ts − offset, slide)}, in microseconds. */
    @ScalarFunction(name = "window_start")
    @As(SimpleType.TIMESTAMP)
    public static long windowStart(@As(SimpleType.TIMESTAMP) long ts, long slide, long offset) {
        return ts - Math.floorMod(ts - offset, slide);
    }

    /** As {@link #windowStart}, of a local time. */
    @ScalarFunction(name = "window_start")
    @As(SimpleType.TIMESTAMP_NTZ)
    public static long localWindowStart(@As(SimpleType.TIMESTAMP_NTZ) long ts, long slide, long offset) {
        return ts - Math.floorMod(ts - offset, slide);
    }

    /** The last instant of a window by its end. A name of its own, because it keeps being event time where {@code −} would not. */
    @ScalarFunction(name = "window_time")
    @As(SimpleType.TIMESTAMP)
    public static long windowTime(@As(SimpleType.TIMESTAMP) long end) {
        return end - 1;
    }

    /** As {@link #windowTime}, of a local time. */
    @ScalarFunction(name = "window_time")
    @As(SimpleType.TIMESTAMP_NTZ)
    public static long localWindowTime(@As(SimpleType.TIMESTAMP_NTZ) long end) {
        return end - 1;
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    @As(SimpleType.TIMESTAMP)
    public static long timestampPlus(@As(SimpleType.TIMESTAMP) long a, @As(SimpleType.INTERVAL_DAY_TIME) long b) {
        return plus(a, b, "TIMESTAMP");
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    @As(SimpleType.TIMESTAMP)
    public static long plusTimestamp(@As(SimpleType.INTERVAL_DAY_TIME) long a, @As(SimpleType.TIMESTAMP) long b) {
        return plus(a, b, "TIMESTAMP");
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    @As(SimpleType.TIMESTAMP)
    public static long timestampMinus(@As(SimpleType.TIMESTAMP) long a, @As(SimpleType.INTERVAL_DAY_TIME) long b) {
        return minus(a, b, "TIMESTAMP");
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    @As(SimpleType.TIMESTAMP_NTZ)
    public static long localPlus(@As(SimpleType.TIMESTAMP_NTZ) long a, @As(SimpleType.INTERVAL_DAY_TIME) long b) {
        return plus(a, b, "TIMESTAMP_NTZ");
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    @As(SimpleType.TIMESTAMP_NTZ)
    public static long plusLocal(@As(SimpleType.INTERVAL_DAY_TIME) long a, @As(SimpleType.TIMESTAMP_NTZ) long b) {
        return plus(a, b, "TIMESTAMP_NTZ");
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    @As(SimpleType.TIMESTAMP_NTZ)
    public static long localMinus(@As(SimpleType.TIMESTAMP_NTZ) long a, @As(SimpleType.INTERVAL_DAY_TIME) long b) {
        return minus(a, b, "TIMESTAMP_NTZ");
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    @As(SimpleType.INTERVAL_DAY_TIME)
    public static long timestampDifference(@As(SimpleType.TIMESTAMP) long a, @As(SimpleType.TIMESTAMP) long b) {
        return minus(a, b, "INTERVAL DAY TO SECOND");
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    @As(SimpleType.INTERVAL_DAY_TIME)
    public static long localDifference(@As(SimpleType.TIMESTAMP_NTZ) long a, @As(SimpleType.TIMESTAMP_NTZ) long b) {
        return minus(a, b, "INTERVAL DAY TO SECOND");
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    @As(SimpleType.INTERVAL_DAY_TIME)
    public static long dateDifference(@As(SimpleType.DATE) int a, @As(SimpleType.DATE) int b) {
        return ((long) a - b) * DateTimeText.DAY;
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    @As(SimpleType.TIMESTAMP)
    public static long datePlusTime(
            @As(SimpleType.DATE) int a, @As(SimpleType.INTERVAL_DAY_TIME) long b, FunctionContext context) {
        return plus(CastFunctions.dateToTimestamp(a, context), b, "TIMESTAMP");
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    @As(SimpleType.TIMESTAMP)
    public static long dateMinusTime(
            @As(SimpleType.DATE) int a, @As(SimpleType.INTERVAL_DAY_TIME) long b, FunctionContext context) {
        return minus(CastFunctions.dateToTimestamp(a, context), b, "TIMESTAMP");
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    @As(SimpleType.DATE)
    public static int datePlusDays(@As(SimpleType.DATE) int a, int b) {
        return ArithmeticFunctions.add(a, b);
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    @As(SimpleType.DATE)
    public static int dateMinusDays(@As(SimpleType.DATE) int a, int b) {
        return ArithmeticFunctions.subtract(a, b);
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    @As(SimpleType.DATE)
    public static int datePlusMonths(@As(SimpleType.DATE) int a, @As(SimpleType.INTERVAL_YEAR_MONTH) int b) {
        return plusMonths(a, b);
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    @As(SimpleType.DATE)
    public static int dateMinusMonths(@As(SimpleType.DATE) int a, @As(SimpleType.INTERVAL_YEAR_MONTH) int b) {
        return plusMonths(a, -(long) b);
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    @As(SimpleType.TIMESTAMP)
    public static long timestampPlusMonths(
            @As(SimpleType.TIMESTAMP) long a, @As(SimpleType.INTERVAL_YEAR_MONTH) int b, FunctionContext context) {
        return DateTimeText.toInstant(localPlusMonths(DateTimeText.toLocal(a, context.zone()), b), context.zone());
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    @As(SimpleType.TIMESTAMP)
    public static long timestampMinusMonths(
            @As(SimpleType.TIMESTAMP) long a, @As(SimpleType.INTERVAL_YEAR_MONTH) int b, FunctionContext context) {
        return DateTimeText.toInstant(
                localPlusMonths(DateTimeText.toLocal(a, context.zone()), -(long) b), context.zone());
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    @As(SimpleType.TIMESTAMP_NTZ)
    public static long localPlusInterval(
            @As(SimpleType.TIMESTAMP_NTZ) long a, @As(SimpleType.INTERVAL_YEAR_MONTH) int b) {
        return localPlusMonths(a, b);
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    @As(SimpleType.TIMESTAMP_NTZ)
    public static long localMinusInterval(
            @As(SimpleType.TIMESTAMP_NTZ) long a, @As(SimpleType.INTERVAL_YEAR_MONTH) int b) {
        return localPlusMonths(a, -(long) b);
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    @As(SimpleType.INTERVAL_DAY_TIME)
    public static long intervalPlus(
            @As(SimpleType.INTERVAL_DAY_TIME) long a, @As(SimpleType.INTERVAL_DAY_TIME) long b) {
        return plus(a, b, "INTERVAL DAY TO SECOND");
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    @As(SimpleType.INTERVAL_DAY_TIME)
    public static long intervalMinus(
            @As(SimpleType.INTERVAL_DAY_TIME) long a, @As(SimpleType.INTERVAL_DAY_TIME) long b) {
        return minus(a, b, "INTERVAL DAY TO SECOND");
    }

    /** {@code a * b}. */
    @ScalarFunction(name = {"*", "multiply"})
    @As(SimpleType.INTERVAL_DAY_TIME)
    public static long intervalTimes(@As(SimpleType.INTERVAL_DAY_TIME) long a, long b) {
        return ArithmeticFunctions.multiply(a, b);
    }

    /** {@code a * b}. */
    @ScalarFunction(name = {"*", "multiply"})
    @As(SimpleType.INTERVAL_DAY_TIME)
    public static long timesInterval(long a, @As(SimpleType.INTERVAL_DAY_TIME) long b) {
        return ArithmeticFunctions.multiply(a, b);
    }

    /** {@code a * b}. */
    @ScalarFunction(name = {"*", "multiply"})
    @As(SimpleType.INTERVAL_DAY_TIME)
    public static long intervalScaled(@As(SimpleType.INTERVAL_DAY_TIME) long a, double b) {
        return CastFunctions.toLong(Math.rint((double) a * b));
    }

    /** {@code a / b}. */
    @ScalarFunction(name = {"/", "divide"})
    @As(SimpleType.INTERVAL_DAY_TIME)
    public static long intervalDivided(@As(SimpleType.INTERVAL_DAY_TIME) long a, double b) {
        return CastFunctions.toLong(Math.rint(ArithmeticFunctions.divide((double) a, b)));
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    @As(SimpleType.INTERVAL_YEAR_MONTH)
    public static int monthsPlus(@As(SimpleType.INTERVAL_YEAR_MONTH) int a, @As(SimpleType.INTERVAL_YEAR_MONTH) int b) {
        return ArithmeticFunctions.add(a, b);
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    @As(SimpleType.INTERVAL_YEAR_MONTH)
    public static int monthsMinus(
            @As(SimpleType.INTERVAL_YEAR_MONTH) int a, @As(SimpleType.INTERVAL_YEAR_MONTH) int b) {
        return ArithmeticFunctions.subtract(a, b);
    }

    /** {@code a * b}. */
    @ScalarFunction(name = {"*", "multiply"})
    @As(SimpleType.INTERVAL_YEAR_MONTH)
    public static int monthsTimes(@As(SimpleType.INTERVAL_YEAR_MONTH) int a, int b) {
        return ArithmeticFunctions.multiply(a, b);
    }

    /** {@code -a}. */
    @ScalarFunction(name = {"-", "negative"})
    @As(SimpleType.INTERVAL_DAY_TIME)
    public static long negative(@As(SimpleType.INTERVAL_DAY_TIME) long a) {
        return ArithmeticFunctions.negative(a);
    }

    /** {@code -a}. */
    @ScalarFunction(name = {"-", "negative"})
    @As(SimpleType.INTERVAL_YEAR_MONTH)
    public static int negativeMonths(@As(SimpleType.INTERVAL_YEAR_MONTH) int a) {
        return ArithmeticFunctions.negative(a);
    }
}
