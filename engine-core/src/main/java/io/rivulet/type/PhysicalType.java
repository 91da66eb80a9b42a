package io.rivulet.type;

/** How the values of a type lie in memory: which {@code ColumnVector} class carries them. */
public enum PhysicalType {
    NULL,
    BOOLEAN,
    BYTE,
    SHORT,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    /** Decimals of more than 18 digits: two longs, the high one signed. */
    DECIMAL128,
    /** STRING (UTF-8) and BINARY. */
    BYTES,
    ARRAY,
    MAP,
    STRUCT
}
