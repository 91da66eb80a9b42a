package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Mathematics over DOUBLE, and the greater and the lesser of two values. Rounding is in {@link RoundingFunctions}. */
public final class MathFunctions {
    private MathFunctions() {}

    /** The square root; NaN below 0. */
    @ScalarFunction(name = "sqrt")
    public static double sqrt(double a) {
        return Math.sqrt(a);
    }

    /** The cubic root. */
    @ScalarFunction(name = "cbrt")
    public static double cbrt(double a) {
        return Math.cbrt(a);
    }

    /** e to the power of {@code a}. */
    @ScalarFunction(name = "exp")
    public static double exp(double a) {
        return Math.exp(a);
    }

    /** e to the power of {@code a}, minus 1. */
    @ScalarFunction(name = "expm1")
    public static double expm1(double a) {
        return Math.expm1(a);
    }

    /** The sine of radians. */
    @ScalarFunction(name = "sin")
    public static double sin(double a) {
        return Math.sin(a);
    }

    /** The cosine of radians. */
    @ScalarFunction(name = "cos")
    public static double cos(double a) {
        return Math.cos(a);
    }

    /** The tangent of radians. */
    @ScalarFunction(name = "tan")
    public static double tan(double a) {
        return Math.tan(a);
    }

    /** The arc sine in radians. */
    @ScalarFunction(name = "asin")
    public static double asin(double a) {
        return Math.asin(a);
    }

    /** The arc cosine in radians. */
    @ScalarFunction(name = "acos")
    public static double acos(double a) {
        return Math.acos(a);
    }

    /** The arc tangent in radians. */
    @ScalarFunction(name = "atan")
    public static double atan(double a) {
        return Math.atan(a);
    }

    /** The hyperbolic sine. */
    @ScalarFunction(name = "sinh")
    public static double sinh(double a) {
        return Math.sinh(a);
    }

    /** The hyperbolic cosine. */
    @ScalarFunction(name = "cosh")
    public static double cosh(double a) {
        return Math.cosh(a);
    }

    /** The hyperbolic tangent. */
    @ScalarFunction(name = "tanh")
    public static double tanh(double a) {
        return Math.tanh(a);
    }

    /** Radians as degrees. */
    @ScalarFunction(name = "degrees")
    public static double degrees(double a) {
        return Math.toDegrees(a);
    }

    /** Degrees as radians. */
    @ScalarFunction(name = "radians")
    public static double radians(double a) {
        return Math.toRadians(a);
    }

    /** The nearest whole number, the even one of two. */
    @ScalarFunction(name = "rint")
    public static double rint(double a) {
        return Math.rint(a);
    }

    /** −1, 0 or 1. */
    @ScalarFunction(name = {"sign", "signum"})
    public static double sign(double a) {
        return Math.signum(a);
    }

    /** The natural logarithm; null for 0 and below. */
    @ScalarFunction(name = "ln", nulls = NullRule.NULL_RESULT)
    public static @Nullable Double ln(double a) {
        return a <= 0 ? null : (Double) Math.log(a);
    }

    /** The logarithm to base 10; null for 0 and below. */
    @ScalarFunction(name = "log10", nulls = NullRule.NULL_RESULT)
    public static @Nullable Double log10(double a) {
        return a <= 0 ? null : (Double) Math.log10(a);
    }

    /** The logarithm to base 2; null for 0 and below. */
    @ScalarFunction(name = "log2", nulls = NullRule.NULL_RESULT)
    public static @Nullable Double log2(double a) {
        return a <= 0 ? null : (Double) (Math.log(a) / Math.log(2));
    }

    /** The natural logarithm of 1 + {@code a}; null for −1 and below. */
    @ScalarFunction(name = "log1p", nulls = NullRule.NULL_RESULT)
    public static @Nullable Double log1p(double a) {
        return a <= -1 ? null : (Double) Math.log1p(a);
    }

    /** The logarithm of {@code a} to a base; null where one of them is 0 or below. */
    @ScalarFunction(name = "log", nulls = NullRule.NULL_RESULT)
    public static @Nullable Double log(double base, double a) {
        return base <= 0 || a <= 0 ? null : (Double) (Math.log(a) / Math.log(base));
    }

    /** {@code a} to the power of {@code b}. */
    @ScalarFunction(name = {"pow", "power"})
    public static double pow(double a, double b) {
        return Math.pow(a, b);
    }

    /** The angle of a point, in radians. */
    @ScalarFunction(name = "atan2")
    public static double atan2(double y, double x) {
        return Math.atan2(y, x);
    }

    /** The length of a vector. */
    @ScalarFunction(name = "hypot")
    public static double hypot(double a, double b) {
        return Math.hypot(a, b);
    }

    /** The ratio of a circle's circumference to its diameter. */
    @ScalarFunction(name = "pi")
    public static double pi() {
        return Math.PI;
    }

    /** The base of the natural logarithm. */
    @ScalarFunction(name = "e")
    public static double e() {
        return Math.E;
    }

    /** Whether it is NaN. */
    @ScalarFunction(name = "isnan")
    public static boolean isNan(double a) {
        return Double.isNaN(a);
    }

    /** {@code a}, or {@code b} where that is NaN. */
    @ScalarFunction(name = "nanvl")
    public static double nanvl(double a, double b) {
        return Double.isNaN(a) ? b : a;
    }

    /** The product of the whole numbers up to {@code n}; null outside 0 to 20. */
    @ScalarFunction(name = "factorial", nulls = NullRule.NULL_RESULT)
    public static @Nullable Long factorial(int n) {
        if (n < 0 || n > 20) {
            return null;
        }
        long product = 1;
        for (int i = 2; i <= n; i++) {
            product *= i;
        }
        return product;
    }

    /** The number of the bucket, of {@code count} equal ones from {@code low} to {@code high}, that a value falls in. */
    @ScalarFunction(name = "width_bucket")
    public static long widthBucket(double value, double low, double high, long count) {
        if (count <= 0 || low == high || Double.isNaN(value)) {
            throw ErrorCode.BAD_ARGUMENT.error("width_bucket(" + value + ", " + low + ", " + high + ", " + count
                    + ") needs a positive count and two different bounds");
        }
        double position = (value - low) / (high - low);
        return position < 0 ? 0 : position >= 1 ? count + 1 : (long) (position * count) + 1;
    }

    /** The greater of two values, the other one where one is null. */
    public static @Nullable Boolean greatest(@Nullable Boolean a, @Nullable Boolean b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Boolean.compare(a, b) >= 0 ? a : b;
    }

    /** The lesser of two values, the other one where one is null. */
    public static @Nullable Boolean least(@Nullable Boolean a, @Nullable Boolean b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Boolean.compare(a, b) <= 0 ? a : b;
    }

    /** The greater of two values, the other one where one is null. */
    public static @Nullable Integer greatest(@Nullable Integer a, @Nullable Integer b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a >= b ? a : b;
    }

    /** The lesser of two values, the other one where one is null. */
    public static @Nullable Integer least(@Nullable Integer a, @Nullable Integer b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a <= b ? a : b;
    }

    /** The greater of two values, the other one where one is null. */
    public static @Nullable Long greatest(@Nullable Long a, @Nullable Long b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a >= b ? a : b;
    }

    /** The lesser of two values, the other one where one is null. */
    public static @Nullable Long least(@Nullable Long a, @Nullable Long b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a <= b ? a : b;
    }

    /** The greater of two values, the other one where one is null. */
    public static @Nullable Float greatest(@Nullable Float a, @Nullable Float b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return ComparisonFunctions.ge((float) a, (float) b) ? a : b;
    }

    /** The lesser of two values, the other one where one is null. */
    public static @Nullable Float least(@Nullable Float a, @Nullable Float b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return ComparisonFunctions.le((float) a, (float) b) ? a : b;
    }

    /** The greater of two values, the other one where one is null. */
    public static @Nullable Double greatest(@Nullable Double a, @Nullable Double b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return ComparisonFunctions.ge((double) a, (double) b) ? a : b;
    }

    /** The lesser of two values, the other one where one is null. */
    public static @Nullable Double least(@Nullable Double a, @Nullable Double b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return ComparisonFunctions.le((double) a, (double) b) ? a : b;
    }

    /** The greater of two values, the other one where one is null. */
    public static @Nullable BigDecimal greatest(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return ComparisonFunctions.ge(a, b) ? a : b;
    }

    /** The lesser of two values, the other one where one is null. */
    public static @Nullable BigDecimal least(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return ComparisonFunctions.le(a, b) ? a : b;
    }

    /** The greater of two values, the other one where one is null. */
    public static @Nullable Utf8 greatest(@Nullable Utf8 a, @Nullable Utf8 b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return ComparisonFunctions.ge(a, b) ? a : b;
    }

    /** The lesser of two values, the other one where one is null. */
    public static @Nullable Utf8 least(@Nullable Utf8 a, @Nullable Utf8 b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return ComparisonFunctions.le(a, b) ? a : b;
    }
}
