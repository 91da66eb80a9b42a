package io.rivulet.type;

/** Lists of values of one type; elements may be null. */
public record ArrayType(DataType element) implements DataType {
    @Override
    public String sql() {
        return "ARRAY<" + element.sql() + ">";
    }

    @Override
    public PhysicalType physical() {
        return PhysicalType.ARRAY;
    }

    @Override
    public boolean isIntegral() {
        return false;
    }

    @Override
    public boolean isNumeric() {
        return false;
    }

    @Override
    public boolean isTimestamp() {
        return false;
    }

    @Override
    public boolean isOrderable() {
        return false;
    }

    @Override
    public String toString() {
        return sql();
    }
}
