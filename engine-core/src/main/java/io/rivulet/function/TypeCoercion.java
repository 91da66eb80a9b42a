package io.rivulet.function;

import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.SimpleType;
import org.jspecify.annotations.Nullable;

/** Implicit conversions, as Spark's ANSI mode has them: which type two values share, and what an argument may become. */
public final class TypeCoercion {
    /** What {@link #cost} gives for a conversion that is not made implicitly. */
    public static final int IMPOSSIBLE = -1;

    private TypeCoercion() {}

    /** The type that values of both types are compared in and merged to, or null when there is none. */
    public static @Nullable DataType common(DataType left, DataType right) {
        if (left.equals(right) || right == DataType.NULL) {
            return left;
        }
        if (left == DataType.NULL) {
            return right;
        }
        if (left.isNumeric() && right.isNumeric()) {
            return commonNumeric(left, right);
        }
        if (left == DataType.STRING) {
            return forText(right);
        }
        if (right == DataType.STRING) {
            return forText(left);
        }
        if (isDateOrTime(left) && isDateOrTime(right)) {
            return left == DataType.TIMESTAMP || right == DataType.TIMESTAMP
                    ? DataType.TIMESTAMP
                    : DataType.TIMESTAMP_NTZ;
        }
        return null;
    }

    private static boolean isDateOrTime(DataType type) {
        return type.isTimestamp() || type == DataType.DATE;
    }

    private static @Nullable DataType forText(DataType other) {
        if (other.isIntegral()) {
            return DataType.BIGINT;
        }
        if (other.isNumeric()) {
            return DataType.DOUBLE;
        }
        return isDateOrTime(other) || other == DataType.BOOLEAN || other == DataType.BINARY ? other : null;
    }

    private static DataType commonNumeric(DataType left, DataType right) {
        if (isFloating(left) || isFloating(right)) {
            boolean narrow = rank(left) <= 5 && rank(right) <= 5 && !isWide(left) && !isWide(right);
            return narrow ? DataType.FLOAT : DataType.DOUBLE;
        }
        if (left instanceof DecimalType || right instanceof DecimalType) {
            DecimalType a = decimal(left);
            DecimalType b = decimal(right);
            int scale = Math.max(a.scale(), b.scale());
            int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
            return bounded(whole + scale, scale);
        }
        return rank(left) >= rank(right) ? left : right;
    }

    private static boolean isFloating(DataType type) {
        return type == DataType.FLOAT || type == DataType.DOUBLE;
    }

    private static boolean isWide(DataType type) {
        return type == DataType.INT || type == DataType.BIGINT || type instanceof DecimalType;
    }

    /** The decimal that holds every value of an integral or decimal type. */
    public static DecimalType decimal(DataType type) {
        if (type instanceof DecimalType decimal) {
            return decimal;
        }
        return switch (type.physical()) {
            case BYTE -> new DecimalType(3, 0);
            case SHORT -> new DecimalType(5, 0);
            case INT -> new DecimalType(10, 0);
            default -> new DecimalType(20, 0);
        };
    }

    /** A decimal of this precision and scale, with fewer digits behind the point (not below 6) when it would pass 38. */
    public static DecimalType bounded(int precision, int scale) {
        if (precision <= DecimalType.MAX_PRECISION) {
            return new DecimalType(precision, Math.min(scale, precision));
        }
        int whole = precision - scale;
        int kept = Math.max(DecimalType.MAX_PRECISION - whole, Math.min(scale, 6));
        return new DecimalType(DecimalType.MAX_PRECISION, Math.min(kept, DecimalType.MAX_PRECISION));
    }

    private static int rank(DataType type) {
        return switch (type.physical()) {
            case BYTE -> 0;
            case SHORT -> 1;
            case INT -> 2;
            case LONG -> type instanceof DecimalType ? 4 : 3;
            case DECIMAL128 -> 4;
            case FLOAT -> 5;
            default -> 6;
        };
    }

    /** How far an implicit conversion goes: 0 for none, {@link #IMPOSSIBLE} when there is none. */
    public static int cost(DataType from, DataType to) {
        if (from.equals(to) || from == DataType.NULL) {
            return 0;
        }
        if (from.isNumeric() && to.isNumeric()) {
            return numericCost(from, to);
        }
        if (to == DataType.STRING) {
            return from instanceof SimpleType || from instanceof DecimalType ? 30 : IMPOSSIBLE;
        }
        if (from == DataType.STRING) {
            return costOfText(to);
        }
        if (isDateOrTime(from) && isDateOrTime(to)) {
            return costOfTime(from, to);
        }
        return IMPOSSIBLE;
    }

    private static int numericCost(DataType from, DataType to) {
        if (to instanceof DecimalType decimal) {
            if (!from.isIntegral() && !(from instanceof DecimalType)) {
                return IMPOSSIBLE;
            }
            DecimalType exact = decimal(from);
            boolean fits = decimal.scale() >= exact.scale()
                    && decimal.precision() - decimal.scale() >= exact.precision() - exact.scale();
            return fits ? 6 : IMPOSSIBLE;
        }
        if (to == DataType.FLOAT && isWide(from)) {
            return from instanceof DecimalType ? IMPOSSIBLE : 9;
        }
        int distance = rank(to) - rank(from);
        return distance > 0 ? distance : IMPOSSIBLE;
    }

    private static int costOfText(DataType to) {
        if (to == DataType.BIGINT) {
            return 12;
        }
        if (isDateOrTime(to)) {
            return 18;
        }
        if (to == DataType.DOUBLE) {
            return 13;
        }
        if (to.isNumeric() || to == DataType.BOOLEAN) {
            return 15;
        }
        return to == DataType.BINARY ? 16 : IMPOSSIBLE;
    }

    private static int costOfTime(DataType from, DataType to) {
        if (from == DataType.DATE) {
            return to == DataType.TIMESTAMP ? 2 : 3;
        }
        return to == DataType.DATE ? 5 : 4;
    }
}
