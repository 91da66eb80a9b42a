package io.rivulet.function;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Rounding. Whole numbers and floating ones keep their type; decimals become narrower with the digits they lose, see
 * {@link FunctionRegistry#rounding}.
 */
public final class RoundingFunctions {
    /** Every number rounded so far before the point is 0. */
    private static final int FARTHEST = -310;

    private RoundingFunctions() {}

    /** The smallest whole number not below. */
    @ScalarFunction(name = {"ceil", "ceiling"})
    public static long ceil(double a) {
        return CastFunctions.toLong(Math.ceil(a));
    }

    /** A whole number as it is. */
    @ScalarFunction(name = {"ceil", "ceiling", "floor"})
    public static long whole(long a) {
        return a;
    }

    /** The greatest whole number not above. */
    @ScalarFunction(name = "floor")
    public static long floor(double a) {
        return CastFunctions.toLong(Math.floor(a));
    }

    private static double rounded(double a, int digits, RoundingMode mode) {
        if (Double.isNaN(a) || Double.isInfinite(a)) {
            return a;
        }
        BigDecimal exact = BigDecimal.valueOf(a);
        return digits >= exact.scale()
                ? a
                : exact.setScale(Math.max(digits, FARTHEST), mode).doubleValue();
    }

    private static long rounded(long a, int digits, RoundingMode mode) {
        return digits >= 0 ? a : CastFunctions.toLong(BigDecimal.valueOf(a).setScale(Math.max(digits, FARTHEST), mode));
    }

    /** A whole number as it is. */
    @ScalarFunction(name = {"round", "bround"})
    public static byte round(byte a) {
        return a;
    }

    /** A whole number as it is. */
    @ScalarFunction(name = {"round", "bround"})
    public static short round(short a) {
        return a;
    }

    /** A whole number as it is. */
    @ScalarFunction(name = {"round", "bround"})
    public static int round(int a) {
        return a;
    }

    /** A whole number as it is. */
    @ScalarFunction(name = {"round", "bround"})
    public static long round(long a) {
        return a;
    }

    /** Rounded half away from zero, to digits before the point when negative. */
    @ScalarFunction(name = "round")
    public static byte round(byte a, int digits) {
        return CastFunctions.toByte(rounded((long) a, digits, RoundingMode.HALF_UP));
    }

    /** Rounded half away from zero, to digits before the point when negative. */
    @ScalarFunction(name = "round")
    public static short round(short a, int digits) {
        return CastFunctions.toShort(rounded((long) a, digits, RoundingMode.HALF_UP));
    }

    /** Rounded half away from zero, to digits before the point when negative. */
    @ScalarFunction(name = "round")
    public static int round(int a, int digits) {
        return CastFunctions.toInt(rounded((long) a, digits, RoundingMode.HALF_UP));
    }

    /** Rounded half away from zero, to digits before the point when negative. */
    @ScalarFunction(name = "round")
    public static long round(long a, int digits) {
        return rounded(a, digits, RoundingMode.HALF_UP);
    }

    /** Rounded half away from zero to a whole number. */
    @ScalarFunction(name = "round")
    public static float round(float a) {
        return (float) rounded((double) a, 0, RoundingMode.HALF_UP);
    }

    /** Rounded half away from zero to some digits behind the point, before it when negative. */
    @ScalarFunction(name = "round")
    public static float round(float a, int digits) {
        return (float) rounded((double) a, digits, RoundingMode.HALF_UP);
    }

    /** Rounded half away from zero to a whole number. */
    @ScalarFunction(name = "round")
    public static double round(double a) {
        return rounded(a, 0, RoundingMode.HALF_UP);
    }

    /** Rounded half away from zero to some digits behind the point, before it when negative. */
    @ScalarFunction(name = "round")
    public static double round(double a, int digits) {
        return rounded(a, digits, RoundingMode.HALF_UP);
    }

    /** Rounded half to the even digit, to digits before the point when negative. */
    @ScalarFunction(name = "bround")
    public static byte bround(byte a, int digits) {
        return CastFunctions.toByte(rounded((long) a, digits, RoundingMode.HALF_EVEN));
    }

    /** Rounded half to the even digit, to digits before the point when negative. */
    @ScalarFunction(name = "bround")
    public static short bround(short a, int digits) {
        return CastFunctions.toShort(rounded((long) a, digits, RoundingMode.HALF_EVEN));
    }

    /** Rounded half to the even digit, to digits before the point when negative. */
    @ScalarFunction(name = "bround")
    public static int bround(int a, int digits) {
        return CastFunctions.toInt(rounded((long) a, digits, RoundingMode.HALF_EVEN));
    }

    /** Rounded half to the even digit, to digits before the point when negative. */
    @ScalarFunction(name = "bround")
    public static long bround(long a, int digits) {
        return rounded(a, digits, RoundingMode.HALF_EVEN);
    }

    /** Rounded half to the even digit to a whole number. */
    @ScalarFunction(name = "bround")
    public static float bround(float a) {
        return (float) rounded((double) a, 0, RoundingMode.HALF_EVEN);
    }

    /** Rounded half to the even digit to some digits behind the point, before it when negative. */
    @ScalarFunction(name = "bround")
    public static float bround(float a, int digits) {
        return (float) rounded((double) a, digits, RoundingMode.HALF_EVEN);
    }

    /** Rounded half to the even digit to a whole number. */
    @ScalarFunction(name = "bround")
    public static double bround(double a) {
        return rounded(a, 0, RoundingMode.HALF_EVEN);
    }

    /** Rounded half to the even digit to some digits behind the point, before it when negative. */
    @ScalarFunction(name = "bround")
    public static double bround(double a, int digits) {
        return rounded(a, digits, RoundingMode.HALF_EVEN);
    }
}
