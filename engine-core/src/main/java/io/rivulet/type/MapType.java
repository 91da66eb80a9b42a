package io.rivulet.type;

/** Maps; keys are never null, values may be. */
public record MapType(DataType key, DataType value) implements DataType {
    @Override
    public String sql() {
        return "MAP<" + key.sql() + ", " + value.sql() + ">";
    }

    @Override
    public PhysicalType physical() {
        return PhysicalType.MAP;
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
