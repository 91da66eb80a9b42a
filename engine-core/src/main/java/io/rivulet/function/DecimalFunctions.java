package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.type.DecimalType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Decimal arithmetic, Spark's rules for the result's precision and scale. Methods over long take unscaled values and are
 * chosen when arguments and result have at most 18 digits, so that nothing can overflow in between; the others take any
 * decimal. Trailing parameters are the scales of long arguments, then precision and scale of the result.
 */
public final class DecimalFunctions {
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private DecimalFunctions() {}

    /** Ten to the power of 0 to 18. */
    public static long power(int exponent) {
        return POWERS[exponent];
    }

    /** A signed high and an unsigned low half as a number. */
    public static BigDecimal of(long high, long low, int scale) {
        if (high == low >> 63) {
            return BigDecimal.valueOf(low, scale);
        }
        java.math.BigInteger unscaled = java.math.BigInteger.valueOf(high)
                .shiftLeft(64)
                .add(java.math.BigInteger.valueOf(low >>> 1).shiftLeft(1))
                .add(java.math.BigInteger.valueOf(low & 1));
        return new BigDecimal(unscaled, scale);
    }

    /** {@code value} rounded half up to the scale; {@code ARITHMETIC_OVERFLOW} when it has more digits than allowed. */
    public static BigDecimal fit(BigDecimal value, int precision, int scale) {
        BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
        if (rounded.precision() > precision) {
            throw overflow(value, precision, scale);
        }
        return rounded;
    }

    static RivuletException overflow(Object value, int precision, int scale) {
        return ErrorCode.ARITHMETIC_OVERFLOW.error(value + " is outside the range of DECIMAL(" + precision + "," + scale
                + "); cast to a wider type, or use the try_ variant to get null");
    }

    /** {@code a + b}. */
    public static long add(long a, long b, int scaleA, int scaleB, int precision, int scale) {
        return a * POWERS[scale - scaleA] + b * POWERS[scale - scaleB];
    }

    /** {@code a + b}. */
    public static BigDecimal add(BigDecimal a, BigDecimal b, int precision, int scale) {
        return fit(a.add(b), precision, scale);
    }

    /** {@code a - b}. */
    public static long subtract(long a, long b, int scaleA, int scaleB, int precision, int scale) {
        return a * POWERS[scale - scaleA] - b * POWERS[scale - scaleB];
    }

    /** {@code a - b}. */
    public static BigDecimal subtract(BigDecimal a, BigDecimal b, int precision, int scale) {
        return fit(a.subtract(b), precision, scale);
    }

    /** {@code a * b}. */
    public static long multiply(long a, long b, int scaleA, int scaleB, int precision, int scale) {
        return a * b;
    }

    /** {@code a * b}. */
    public static BigDecimal multiply(BigDecimal a, BigDecimal b, int precision, int scale) {
        return fit(a.multiply(b), precision, scale);
    }

    /** {@code a / b}. */
    public static BigDecimal divide(BigDecimal a, BigDecimal b, int precision, int scale) {
        if (b.signum() == 0) {
            throw ArithmeticFunctions.divideByZero(a, "/");
        }
        return fit(a.divide(b, scale, RoundingMode.HALF_UP), precision, scale);
    }

    /** The rest of {@code a / b}, with the sign of {@code a}. */
    public static BigDecimal mod(BigDecimal a, BigDecimal b, int precision, int scale) {
        if (b.signum() == 0) {
            throw ArithmeticFunctions.divideByZero(a, "%");
        }
        return fit(a.remainder(b), precision, scale);
    }

    /** The rest of {@code a / b}, not negative for a positive {@code b}. */
    public static BigDecimal pmod(BigDecimal a, BigDecimal b, int precision, int scale) {
        BigDecimal rest = mod(a, b, precision, scale);
        return rest.signum() < 0 ? fit(rest.add(b).remainder(b), precision, scale) : rest;
    }

    /** The whole part of {@code a / b}. */
    public static long div(BigDecimal a, BigDecimal b) {
        if (b.signum() == 0) {
            throw ArithmeticFunctions.divideByZero(a, "div");
        }
        BigDecimal whole = a.divideToIntegralValue(b, MathContext.UNLIMITED);
        if (whole.toBigInteger().bitLength() > 63) {
            throw ArithmeticFunctions.overflow(a, "div", b, "BIGINT");
        }
        return whole.longValue();
    }

    /** {@code -a}. */
    public static BigDecimal negative(BigDecimal a, int precision, int scale) {
        return a.negate();
    }

    /** The absolute value. */
    public static BigDecimal abs(BigDecimal a, int precision, int scale) {
        return a.abs();
    }

    private static BigDecimal rounded(BigDecimal a, int digits, RoundingMode mode, int precision, int scale) {
        if (digits >= a.scale()) {
            return fit(a, precision, scale);
        }
        // farther out there is 0 or an overflow, and BigDecimal would fail in its own way
        int least = -DecimalType.MAX_PRECISION - 1;
        return fit(a.setScale(Math.max(digits, least), mode), precision, scale);
    }

    /** The smallest whole number not below. */
    public static BigDecimal ceil(BigDecimal a, int precision, int scale) {
        return rounded(a, 0, RoundingMode.CEILING, precision, scale);
    }

    /** The smallest number not below that has only so many digits behind the point. */
    public static BigDecimal ceil(BigDecimal a, int digits, int precision, int scale) {
        return rounded(a, digits, RoundingMode.CEILING, precision, scale);
    }

    /** The greatest whole number not above. */
    public static BigDecimal floor(BigDecimal a, int precision, int scale) {
        return rounded(a, 0, RoundingMode.FLOOR, precision, scale);
    }

    /** The greatest number not above that has only so many digits behind the point. */
    public static BigDecimal floor(BigDecimal a, int digits, int precision, int scale) {
        return rounded(a, digits, RoundingMode.FLOOR, precision, scale);
    }

    /** Rounded half away from zero to a whole number. */
    public static BigDecimal round(BigDecimal a, int precision, int scale) {
        return rounded(a, 0, RoundingMode.HALF_UP, precision, scale);
    }

    /** Rounded half away from zero to some digits behind the point, before it when negative. */
    public static BigDecimal round(BigDecimal a, int digits, int precision, int scale) {
        return rounded(a, digits, RoundingMode.HALF_UP, precision, scale);
    }

    /** Rounded half to the even whole number. */
    public static BigDecimal bround(BigDecimal a, int precision, int scale) {
        return rounded(a, 0, RoundingMode.HALF_EVEN, precision, scale);
    }

    /** Rounded half to the even digit, to some digits behind the point, before it when negative. */
    public static BigDecimal bround(BigDecimal a, int digits, int precision, int scale) {
        return rounded(a, digits, RoundingMode.HALF_EVEN, precision, scale);
    }

    /** −1, 0 or 1. */
    public static double sign(BigDecimal a) {
        return a.signum();
    }
}
