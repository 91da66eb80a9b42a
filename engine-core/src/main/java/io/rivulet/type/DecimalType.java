package io.rivulet.type;

import io.rivulet.error.ErrorCode;

/**
 * Exact numbers of {@code precision} digits, {@code scale} of them behind the point. Values are the unscaled integer:
 * in a long up to 18 digits, in two longs up to 38.
 */
public record DecimalType(int precision, int scale) implements DataType {
    /** The most digits a decimal can have. */
    public static final int MAX_PRECISION = 38;

    /** The most digits whose unscaled value fits a long. */
    public static final int MAX_LONG_PRECISION = 18;

    public DecimalType {
        if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
            throw ErrorCode.BAD_SCHEMA.error("DECIMAL(" + precision + "," + scale
                    + ") is not a type: the precision is 1 to 38 and the scale 0 to the precision");
        }
    }

    @Override
    public String sql() {
        return "DECIMAL(" + precision + "," + scale + ")";
    }

    @Override
    public PhysicalType physical() {
        return precision <= MAX_LONG_PRECISION ? PhysicalType.LONG : PhysicalType.DECIMAL128;
    }

    @Override
    public boolean isIntegral() {
        return false;
    }

    @Override
    public boolean isNumeric() {
        return true;
    }

    @Override
    public boolean isTimestamp() {
        return false;
    }

    @Override
    public boolean isOrderable() {
        return true;
    }

    @Override
    public String toString() {
        return sql();
    }
}
