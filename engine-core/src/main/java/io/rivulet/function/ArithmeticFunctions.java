package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;

/**
 * {@code + - * / % div} and the unary signs over integers and floating numbers, ANSI: a result that the type cannot hold
 * is {@code ARITHMETIC_OVERFLOW}, a division by zero {@code DIVIDE_BY_ZERO}, both naming the values.
 */
public final class ArithmeticFunctions {
    private ArithmeticFunctions() {}

    static RivuletException overflow(Object left, String operator, Object right, String type) {
        return ErrorCode.ARITHMETIC_OVERFLOW.error(left + " " + operator + " " + right + " is outside the range of "
                + type + "; cast to a wider type, or use the try_ variant to get null");
    }

    static RivuletException divideByZero(Object left, String operator) {
        return ErrorCode.DIVIDE_BY_ZERO.error(
                left + " " + operator + " 0; guard it with nullif(divisor, 0), or use the try_ variant to get null");
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    public static byte add(byte a, byte b) {
        int result = a + b;
        if (result != (byte) result) {
            throw overflow(a, "+", b, "TINYINT");
        }
        return (byte) result;
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    public static short add(short a, short b) {
        int result = a + b;
        if (result != (short) result) {
            throw overflow(a, "+", b, "SMALLINT");
        }
        return (short) result;
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    public static int add(int a, int b) {
        long result = (long) a + b;
        if (result != (int) result) {
            throw overflow(a, "+", b, "INT");
        }
        return (int) result;
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    public static long add(long a, long b) {
        long result = a + b;
        if (((a ^ result) & (b ^ result)) < 0) {
            throw overflow(a, "+", b, "BIGINT");
        }
        return result;
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    public static float add(float a, float b) {
        return a + b;
    }

    /** {@code a + b}. */
    @ScalarFunction(name = {"+", "add"})
    public static double add(double a, double b) {
        return a + b;
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    public static byte subtract(byte a, byte b) {
        int result = a - b;
        if (result != (byte) result) {
            throw overflow(a, "-", b, "TINYINT");
        }
        return (byte) result;
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    public static short subtract(short a, short b) {
        int result = a - b;
        if (result != (short) result) {
            throw overflow(a, "-", b, "SMALLINT");
        }
        return (short) result;
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    public static int subtract(int a, int b) {
        long result = (long) a - b;
        if (result != (int) result) {
            throw overflow(a, "-", b, "INT");
        }
        return (int) result;
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    public static long subtract(long a, long b) {
        long result = a - b;
        if (((a ^ b) & (a ^ result)) < 0) {
            throw overflow(a, "-", b, "BIGINT");
        }
        return result;
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    public static float subtract(float a, float b) {
        return a - b;
    }

    /** {@code a - b}. */
    @ScalarFunction(name = {"-", "subtract"})
    public static double subtract(double a, double b) {
        return a - b;
    }

    /** {@code a * b}. */
    @ScalarFunction(name = {"*", "multiply"})
    public static byte multiply(byte a, byte b) {
        int result = a * b;
        if (result != (byte) result) {
            throw overflow(a, "*", b, "TINYINT");
        }
        return (byte) result;
    }

    /** {@code a * b}. */
    @ScalarFunction(name = {"*", "multiply"})
    public static short multiply(short a, short b) {
        int result = a * b;
        if (result != (short) result) {
            throw overflow(a, "*", b, "SMALLINT");
        }
        return (short) result;
    }

    /** {@code a * b}. */
    @ScalarFunction(name = {"*", "multiply"})
    public static int multiply(int a, int b) {
        long result = (long) a * b;
        if (result != (int) result) {
            throw overflow(a, "*", b, "INT");
        }
        return (int) result;
    }

    /** {@code a * b}. */
    @ScalarFunction(name = {"*", "multiply"})
    public static long multiply(long a, long b) {
        long result = a * b;
        long high = Math.multiplyHigh(a, b);
        if (high != result >> 63) {
            throw overflow(a, "*", b, "BIGINT");
        }
        return result;
    }

    /** {@code a * b}. */
    @ScalarFunction(name = {"*", "multiply"})
    public static float multiply(float a, float b) {
        return a * b;
    }

    /** {@code a * b}. */
    @ScalarFunction(name = {"*", "multiply"})
    public static double multiply(double a, double b) {
        return a * b;
    }

    /** {@code a / b}; integers are divided as DOUBLE. */
    @ScalarFunction(name = {"/", "divide"})
    public static double divide(double a, double b) {
        if (b == 0) {
            throw divideByZero(a, "/");
        }
        return a / b;
    }

    /** The whole part of {@code a / b}. */
    @ScalarFunction(name = "div")
    public static long div(long a, long b) {
        if (b == 0) {
            throw divideByZero(a, "div");
        }
        if (a == Long.MIN_VALUE && b == -1) {
            throw overflow(a, "div", b, "BIGINT");
        }
        return a / b;
    }

    /** The rest of {@code a / b}, with the sign of {@code a}. */
    @ScalarFunction(name = {"%", "mod"})
    public static byte mod(byte a, byte b) {
        if (b == 0) {
            throw divideByZero(a, "%");
        }
        return (byte) (a % b);
    }

    /** The rest of {@code a / b}, not negative for a positive {@code b}. */
    @ScalarFunction(name = "pmod")
    public static byte pmod(byte a, byte b) {
        if (b == 0) {
            throw divideByZero(a, "pmod");
        }
        byte rest = (byte) (a % b);
        return rest < 0 ? (byte) ((rest + b) % b) : rest;
    }

    /** {@code -a}. */
    @ScalarFunction(name = {"-", "negative"})
    public static byte negative(byte a) {
        if (a == Byte.MIN_VALUE) {
            throw overflow(0, "-", a, "TINYINT");
        }
        return (byte) -a;
    }

    /** The absolute value. */
    @ScalarFunction(name = "abs")
    public static byte abs(byte a) {
        return a < 0 ? negative(a) : a;
    }

    /** The rest of {@code a / b}, with the sign of {@code a}. */
    @ScalarFunction(name = {"%", "mod"})
    public static short mod(short a, short b) {
        if (b == 0) {
            throw divideByZero(a, "%");
        }
        return (short) (a % b);
    }

    /** The rest of {@code a / b}, not negative for a positive {@code b}. */
    @ScalarFunction(name = "pmod")
    public static short pmod(short a, short b) {
        if (b == 0) {
            throw divideByZero(a, "pmod");
        }
        short rest = (short) (a % b);
        return rest < 0 ? (short) ((rest + b) % b) : rest;
    }

    /** {@code -a}. */
    @ScalarFunction(name = {"-", "negative"})
    public static short negative(short a) {
        if (a == Short.MIN_VALUE) {
            throw overflow(0, "-", a, "SMALLINT");
        }
        return (short) -a;
    }

    /** The absolute value. */
    @ScalarFunction(name = "abs")
    public static short abs(short a) {
        return a < 0 ? negative(a) : a;
    }

    /** The rest of {@code a / b}, with the sign of {@code a}. */
    @ScalarFunction(name = {"%", "mod"})
    public static int mod(int a, int b) {
        if (b == 0) {
            throw divideByZero(a, "%");
        }
        return a % b;
    }

    /** The rest of {@code a / b}, not negative for a positive {@code b}. */
    @ScalarFunction(name = "pmod")
    public static int pmod(int a, int b) {
        if (b == 0) {
            throw divideByZero(a, "pmod");
        }
        int rest = a % b;
        return rest < 0 ? (rest + b) % b : rest;
    }

    /** {@code -a}. */
    @ScalarFunction(name = {"-", "negative"})
    public static int negative(int a) {
        if (a == Integer.MIN_VALUE) {
            throw overflow(0, "-", a, "INT");
        }
        return -a;
    }

    /** The absolute value. */
    @ScalarFunction(name = "abs")
    public static int abs(int a) {
        return a < 0 ? negative(a) : a;
    }

    /** The rest of {@code a / b}, with the sign of {@code a}. */
    @ScalarFunction(name = {"%", "mod"})
    public static long mod(long a, long b) {
        if (b == 0) {
            throw divideByZero(a, "%");
        }
        return a % b;
    }

    /** The rest of {@code a / b}, not negative for a positive {@code b}. */
    @ScalarFunction(name = "pmod")
    public static long pmod(long a, long b) {
        if (b == 0) {
            throw divideByZero(a, "pmod");
        }
        long rest = a % b;
        return rest < 0 ? (rest + b) % b : rest;
    }

    /** {@code -a}. */
    @ScalarFunction(name = {"-", "negative"})
    public static long negative(long a) {
        if (a == Long.MIN_VALUE) {
            throw overflow(0, "-", a, "BIGINT");
        }
        return -a;
    }

    /** The absolute value. */
    @ScalarFunction(name = "abs")
    public static long abs(long a) {
        return a < 0 ? negative(a) : a;
    }

    /** The rest of {@code a / b}, with the sign of {@code a}. */
    @ScalarFunction(name = {"%", "mod"})
    public static float mod(float a, float b) {
        if (b == 0) {
            throw divideByZero(a, "%");
        }
        return a % b;
    }

    /** The rest of {@code a / b}, not negative for a positive {@code b}. */
    @ScalarFunction(name = "pmod")
    public static float pmod(float a, float b) {
        if (b == 0) {
            throw divideByZero(a, "pmod");
        }
        float rest = a % b;
        return rest < 0 ? (rest + b) % b : rest;
    }

    /** {@code -a}. */
    @ScalarFunction(name = {"-", "negative"})
    public static float negative(float a) {
        return -a;
    }

    /** The absolute value. */
    @ScalarFunction(name = "abs")
    public static float abs(float a) {
        return Math.abs(a);
    }

    /** The rest of {@code a / b}, with the sign of {@code a}. */
    @ScalarFunction(name = {"%", "mod"})
    public static double mod(double a, double b) {
        if (b == 0) {
            throw divideByZero(a, "%");
        }
        return a % b;
    }

    /** The rest of {@code a / b}, not negative for a positive {@code b}. */
    @ScalarFunction(name = "pmod")
    public static double pmod(double a, double b) {
        if (b == 0) {
            throw divideByZero(a, "pmod");
        }
        double rest = a % b;
        return rest < 0 ? (rest + b) % b : rest;
    }

    /** {@code -a}. */
    @ScalarFunction(name = {"-", "negative"})
    public static double negative(double a) {
        return -a;
    }

    /** The absolute value. */
    @ScalarFunction(name = "abs")
    public static double abs(double a) {
        return Math.abs(a);
    }
}
