package io.rivulet.type;

import java.util.stream.Collectors;

/** A row as a value: named fields, each with a type. */
public record StructType(Schema schema) implements DataType {
    @Override
    public String sql() {
        return schema.fields().stream()
                .map(f -> f.name() + ": " + f.type().sql())
                .collect(Collectors.joining(", ", "STRUCT<", ">"));
    }

    @Override
    public PhysicalType physical() {
        return PhysicalType.STRUCT;
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
