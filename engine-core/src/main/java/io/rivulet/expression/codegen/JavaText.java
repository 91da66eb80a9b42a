package io.rivulet.expression.codegen;

import io.rivulet.type.DataType;
import io.rivulet.type.PhysicalType;

/** How types and numbers are written in generated code. */
final class JavaText {
    private JavaText() {}

    static String type(DataType type) {
        return switch (type.physical()) {
            case BOOLEAN -> "boolean";
            case BYTE -> "byte";
            case SHORT -> "short";
            case INT -> "int";
            case LONG -> "long";
            case FLOAT -> "float";
            case DOUBLE -> "double";
            case DECIMAL128 -> "java.math.BigDecimal";
            case BYTES -> "io.rivulet.function.Utf8";
            case NULL, ARRAY, MAP, STRUCT -> "Object";
        };
    }

    static String zero(DataType type) {
        return switch (type.physical()) {
            case BOOLEAN -> "false";
            case BYTE -> "(byte) 0";
            case SHORT -> "(short) 0";
            case INT -> "0";
            case LONG -> "0L";
            case FLOAT -> "0.0F";
            case DOUBLE -> "0.0D";
            default -> "null";
        };
    }

    static String box(DataType type) {
        return box(type.physical());
    }

    private static String box(PhysicalType type) {
        return switch (type) {
            case BOOLEAN -> "Boolean";
            case BYTE -> "Byte";
            case SHORT -> "Short";
            case INT -> "Integer";
            case LONG -> "Long";
            case FLOAT -> "Float";
            case DOUBLE -> "Double";
            case DECIMAL128 -> "java.math.BigDecimal";
            case BYTES -> "io.rivulet.function.Utf8";
            case NULL, ARRAY, MAP, STRUCT -> "Object";
        };
    }

    static boolean isPrimitive(DataType type) {
        return switch (type.physical()) {
            case DECIMAL128, BYTES, NULL, ARRAY, MAP, STRUCT -> false;
            default -> true;
        };
    }

    /** A boxed value, null where it is null. */
    static String boxed(DataType type, Value value) {
        String box = isPrimitive(type) ? box(type) + ".valueOf(" + value.code() + ")" : value.code();
        return value.neverNull() ? box : "(" + value.isNull() + " ? null : " + box + ")";
    }

    static String unboxed(DataType type, String code) {
        return isPrimitive(type) ? code + "." + type(type) + "Value()" : code;
    }

    static String number(DataType type, Object value) {
        return switch (type.physical()) {
            case BOOLEAN -> value.toString();
            case BYTE -> "((byte) " + value + ")";
            case SHORT -> "((short) " + value + ")";
            case INT -> integer(((Number) value).intValue());
            case LONG -> integer(((Number) value).longValue());
            case FLOAT -> floating((Float) value);
            case DOUBLE -> floating((Double) value);
            default -> throw new IllegalArgumentException(type + " has no text");
        };
    }

    static String integer(int value) {
        return value == Integer.MIN_VALUE ? "Integer.MIN_VALUE" : value < 0 ? "(" + value + ")" : "" + value;
    }

    static String integer(long value) {
        return value == Long.MIN_VALUE ? "Long.MIN_VALUE" : value < 0 ? "(" + value + "L)" : value + "L";
    }

    private static String floating(float value) {
        return "Float.intBitsToFloat(" + integer(Float.floatToIntBits(value)) + ")";
    }

    private static String floating(double value) {
        boolean plain = value == Math.rint(value) && Math.abs(value) < 1e15 && (value != 0 || 1 / value > 0);
        return plain
                ? "(" + (long) value + ".0D)"
                : "Double.longBitsToDouble(" + integer(Double.doubleToLongBits(value)) + ")";
    }

    /** A constant that a function is given besides its arguments. */
    static String constant(Object value) {
        return value instanceof Integer i ? integer(i) : integer((Long) value);
    }
}
