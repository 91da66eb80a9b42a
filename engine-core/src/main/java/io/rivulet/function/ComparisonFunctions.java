package io.rivulet.function;

import java.math.BigDecimal;

/**
 * Comparisons by representation: {@code eq ne lt le gt ge}. NaN equals NaN and is greater than every number, and −0.0
 * equals 0.0, as everywhere in the engine.
 */
public final class ComparisonFunctions {
    private ComparisonFunctions() {}

    /** {@code a == b}. */
    public static boolean eq(boolean a, boolean b) {
        return a == b;
    }

    /** {@code a != b}. */
    public static boolean ne(boolean a, boolean b) {
        return a != b;
    }

    /** {@code a < b}. */
    public static boolean lt(boolean a, boolean b) {
        return !a && b;
    }

    /** {@code a <= b}. */
    public static boolean le(boolean a, boolean b) {
        return !a || b;
    }

    /** {@code a > b}. */
    public static boolean gt(boolean a, boolean b) {
        return a && !b;
    }

    /** {@code a >= b}. */
    public static boolean ge(boolean a, boolean b) {
        return a || !b;
    }

    /** {@code a == b}. */
    public static boolean eq(int a, int b) {
        return a == b;
    }

    /** {@code a != b}. */
    public static boolean ne(int a, int b) {
        return a != b;
    }

    /** {@code a < b}. */
    public static boolean lt(int a, int b) {
        return a < b;
    }

    /** {@code a <= b}. */
    public static boolean le(int a, int b) {
        return a <= b;
    }

    /** {@code a > b}. */
    public static boolean gt(int a, int b) {
        return a > b;
    }

    /** {@code a >= b}. */
    public static boolean ge(int a, int b) {
        return a >= b;
    }

    /** {@code a == b}. */
    public static boolean eq(long a, long b) {
        return a == b;
    }

    /** {@code a != b}. */
    public static boolean ne(long a, long b) {
        return a != b;
    }

    /** {@code a < b}. */
    public static boolean lt(long a, long b) {
        return a < b;
    }

    /** {@code a <= b}. */
    public static boolean le(long a, long b) {
        return a <= b;
    }

    /** {@code a > b}. */
    public static boolean gt(long a, long b) {
        return a > b;
    }

    /** {@code a >= b}. */
    public static boolean ge(long a, long b) {
        return a >= b;
    }

    /** {@code a == b}. */
    public static boolean eq(float a, float b) {
        return a == b || (Float.isNaN(a) && Float.isNaN(b));
    }

    /** {@code a != b}. */
    public static boolean ne(float a, float b) {
        return !eq(a, b);
    }

    /** {@code a < b}. */
    public static boolean lt(float a, float b) {
        return a < b || (Float.isNaN(b) && !Float.isNaN(a));
    }

    /** {@code a <= b}. */
    public static boolean le(float a, float b) {
        return a <= b || Float.isNaN(b);
    }

    /** {@code a > b}. */
    public static boolean gt(float a, float b) {
        return lt(b, a);
    }

    /** {@code a >= b}. */
    public static boolean ge(float a, float b) {
        return le(b, a);
    }

    /** {@code a == b}. */
    public static boolean eq(double a, double b) {
        return a == b || (Double.isNaN(a) && Double.isNaN(b));
    }

    /** {@code a != b}. */
    public static boolean ne(double a, double b) {
        return !eq(a, b);
    }

    /** {@code a < b}. */
    public static boolean lt(double a, double b) {
        return a < b || (Double.isNaN(b) && !Double.isNaN(a));
    }

    /** {@code a <= b}. */
    public static boolean le(double a, double b) {
        return a <= b || Double.isNaN(b);
    }

    /** {@code a > b}. */
    public static boolean gt(double a, double b) {
        return lt(b, a);
    }

    /** {@code a >= b}. */
    public static boolean ge(double a, double b) {
        return le(b, a);
    }

    /** {@code a == b}. */
    public static boolean eq(Utf8 a, Utf8 b) {
        return a.equals(b);
    }

    /** {@code a != b}. */
    public static boolean ne(Utf8 a, Utf8 b) {
        return !a.equals(b);
    }

    /** {@code a < b}. */
    public static boolean lt(Utf8 a, Utf8 b) {
        return a.compareTo(b) < 0;
    }

    /** {@code a <= b}. */
    public static boolean le(Utf8 a, Utf8 b) {
        return a.compareTo(b) <= 0;
    }

    /** {@code a > b}. */
    public static boolean gt(Utf8 a, Utf8 b) {
        return a.compareTo(b) > 0;
    }

    /** {@code a >= b}. */
    public static boolean ge(Utf8 a, Utf8 b) {
        return a.compareTo(b) >= 0;
    }

    /** {@code a == b}. */
    public static boolean eq(BigDecimal a, BigDecimal b) {
        return a.compareTo(b) == 0;
    }

    /** {@code a != b}. */
    public static boolean ne(BigDecimal a, BigDecimal b) {
        return a.compareTo(b) != 0;
    }

    /** {@code a < b}. */
    public static boolean lt(BigDecimal a, BigDecimal b) {
        return a.compareTo(b) < 0;
    }

    /** {@code a <= b}. */
    public static boolean le(BigDecimal a, BigDecimal b) {
        return a.compareTo(b) <= 0;
    }

    /** {@code a > b}. */
    public static boolean gt(BigDecimal a, BigDecimal b) {
        return a.compareTo(b) > 0;
    }

    /** {@code a >= b}. */
    public static boolean ge(BigDecimal a, BigDecimal b) {
        return a.compareTo(b) >= 0;
    }
}
