package io.rivulet.function;

/** The bits of whole numbers. Shifts take as many low bits of the distance as Java does: 5 for INT, 6 for BIGINT. */
public final class BitFunctions {
    private BitFunctions() {}

    /** {@code a & b}. */
    @ScalarFunction(name = "&")
    public static byte bitAnd(byte a, byte b) {
        return (byte) (a & b);
    }

    /** {@code a | b}. */
    @ScalarFunction(name = "|")
    public static byte bitOr(byte a, byte b) {
        return (byte) (a | b);
    }

    /** {@code a ^ b}. */
    @ScalarFunction(name = "^")
    public static byte bitXor(byte a, byte b) {
        return (byte) (a ^ b);
    }

    /** {@code ~a}. */
    @ScalarFunction(name = "~")
    public static byte bitNot(byte a) {
        return (byte) ~a;
    }

    /** {@code a & b}. */
    @ScalarFunction(name = "&")
    public static short bitAnd(short a, short b) {
        return (short) (a & b);
    }

    /** {@code a | b}. */
    @ScalarFunction(name = "|")
    public static short bitOr(short a, short b) {
        return (short) (a | b);
    }

    /** {@code a ^ b}. */
    @ScalarFunction(name = "^")
    public static short bitXor(short a, short b) {
        return (short) (a ^ b);
    }

    /** {@code ~a}. */
    @ScalarFunction(name = "~")
    public static short bitNot(short a) {
        return (short) ~a;
    }

    /** {@code a & b}. */
    @ScalarFunction(name = "&")
    public static int bitAnd(int a, int b) {
        return a & b;
    }

    /** {@code a | b}. */
    @ScalarFunction(name = "|")
    public static int bitOr(int a, int b) {
        return a | b;
    }

    /** {@code a ^ b}. */
    @ScalarFunction(name = "^")
    public static int bitXor(int a, int b) {
        return a ^ b;
    }

    /** {@code ~a}. */
    @ScalarFunction(name = "~")
    public static int bitNot(int a) {
        return ~a;
    }

    /** {@code a & b}. */
    @ScalarFunction(name = "&")
    public static long bitAnd(long a, long b) {
        return a & b;
    }

    /** {@code a | b}. */
    @ScalarFunction(name = "|")
    public static long bitOr(long a, long b) {
        return a | b;
    }

    /** {@code a ^ b}. */
    @ScalarFunction(name = "^")
    public static long bitXor(long a, long b) {
        return a ^ b;
    }

    /** {@code ~a}. */
    @ScalarFunction(name = "~")
    public static long bitNot(long a) {
        return ~a;
    }

    /** The bits moved to the left; zeros follow. */
    @ScalarFunction(name = {"<<", "shiftleft"})
    public static int shiftLeft(int a, int distance) {
        return a << distance;
    }

    /** The bits moved to the left; zeros follow. */
    @ScalarFunction(name = {"<<", "shiftleft"})
    public static long shiftLeft(long a, int distance) {
        return a << distance;
    }

    /** The bits moved to the right; the sign follows. */
    @ScalarFunction(name = {">>", "shiftright"})
    public static int shiftRight(int a, int distance) {
        return a >> distance;
    }

    /** The bits moved to the right; the sign follows. */
    @ScalarFunction(name = {">>", "shiftright"})
    public static long shiftRight(long a, int distance) {
        return a >> distance;
    }

    /** The bits moved to the right; zeros follow. */
    @ScalarFunction(name = {">>>", "shiftrightunsigned"})
    public static int shiftRightUnsigned(int a, int distance) {
        return a >>> distance;
    }

    /** The bits moved to the right; zeros follow. */
    @ScalarFunction(name = {">>>", "shiftrightunsigned"})
    public static long shiftRightUnsigned(long a, int distance) {
        return a >>> distance;
    }
}
