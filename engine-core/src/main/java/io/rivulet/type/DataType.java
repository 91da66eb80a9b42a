package io.rivulet.type;

/**
 * A SQL type. Types without parameters are the constants of {@link SimpleType}, repeated here for reading ease; the
 * others are {@link DecimalType}, {@link ArrayType}, {@link MapType} and {@link StructType}. All are immutable values.
 *
 * <p>TIMESTAMP (an instant) and TIMESTAMP_NTZ (a local date and time) are microseconds since the epoch in a long, DATE
 * is days since the epoch in an int, INTERVAL YEAR TO MONTH is months in an int, INTERVAL DAY TO SECOND is microseconds
 * in a long.
 *
 * <p>The interface has no default methods: a class whose interface has some initialises it first, and the constants
 * below would be null in there.
 */
public sealed interface DataType permits SimpleType, DecimalType, ArrayType, MapType, StructType {
    DataType NULL = SimpleType.NULL;
    DataType BOOLEAN = SimpleType.BOOLEAN;
    DataType TINYINT = SimpleType.TINYINT;
    DataType SMALLINT = SimpleType.SMALLINT;
    DataType INT = SimpleType.INT;
    DataType BIGINT = SimpleType.BIGINT;
    DataType FLOAT = SimpleType.FLOAT;
    DataType DOUBLE = SimpleType.DOUBLE;
    DataType STRING = SimpleType.STRING;
    DataType BINARY = SimpleType.BINARY;
    DataType DATE = SimpleType.DATE;
    DataType TIMESTAMP = SimpleType.TIMESTAMP;
    DataType TIMESTAMP_NTZ = SimpleType.TIMESTAMP_NTZ;
    DataType INTERVAL_YEAR_MONTH = SimpleType.INTERVAL_YEAR_MONTH;
    DataType INTERVAL_DAY_TIME = SimpleType.INTERVAL_DAY_TIME;

    /** The type as SQL writes it, e.g. {@code DECIMAL(10,2)} or {@code ARRAY<INT>}. */
    String sql();

    /** How values of the type lie in memory. */
    PhysicalType physical();

    /** TINYINT … BIGINT. */
    boolean isIntegral();

    /** Integral, FLOAT, DOUBLE or DECIMAL. */
    boolean isNumeric();

    /** TIMESTAMP or TIMESTAMP_NTZ: what event time can be. */
    boolean isTimestamp();

    /** Whether values can be compared with {@code <}: everything but NULL, ARRAY, MAP and STRUCT. */
    boolean isOrderable();
}
