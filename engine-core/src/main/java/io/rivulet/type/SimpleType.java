package io.rivulet.type;

/** The types without parameters. */
public enum SimpleType implements DataType {
    NULL("VOID", PhysicalType.NULL),
    BOOLEAN("BOOLEAN", PhysicalType.BOOLEAN),
    TINYINT("TINYINT", PhysicalType.BYTE),
    SMALLINT("SMALLINT", PhysicalType.SHORT),
    INT("INT", PhysicalType.INT),
    BIGINT("BIGINT", PhysicalType.LONG),
    FLOAT("FLOAT", PhysicalType.FLOAT),
    DOUBLE("DOUBLE", PhysicalType.DOUBLE),
    STRING("STRING", PhysicalType.BYTES),
    BINARY("BINARY", PhysicalType.BYTES),
    DATE("DATE", PhysicalType.INT),
    TIMESTAMP("TIMESTAMP", PhysicalType.LONG),
    TIMESTAMP_NTZ("TIMESTAMP_NTZ", PhysicalType.LONG),
    INTERVAL_YEAR_MONTH("INTERVAL YEAR TO MONTH", PhysicalType.INT),
    INTERVAL_DAY_TIME("INTERVAL DAY TO SECOND", PhysicalType.LONG);

    private final String sql;
    private final PhysicalType physical;

    SimpleType(String sql, PhysicalType physical) {
        this.sql = sql;
        this.physical = physical;
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public PhysicalType physical() {
        return physical;
    }

    @Override
    public boolean isIntegral() {
        return this == TINYINT || this == SMALLINT || this == INT || this == BIGINT;
    }

    @Override
    public boolean isNumeric() {
        return isIntegral() || this == FLOAT || this == DOUBLE;
    }

    @Override
    public boolean isTimestamp() {
        return this == TIMESTAMP || this == TIMESTAMP_NTZ;
    }

    @Override
    public boolean isOrderable() {
        return this != NULL;
    }

    @Override
    public String toString() {
        return sql;
    }
}
