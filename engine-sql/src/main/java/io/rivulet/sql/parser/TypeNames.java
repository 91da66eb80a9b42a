package io.rivulet.sql.parser;

import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of types without parameters. */
public final class TypeNames {
    private static final Map<String, DataType> NAMES = Map.ofEntries(
            Map.entry("boolean", DataType.BOOLEAN),
            Map.entry("tinyint", DataType.TINYINT),
            Map.entry("byte", DataType.TINYINT),
            Map.entry("smallint", DataType.SMALLINT),
            Map.entry("short", DataType.SMALLINT),
            Map.entry("int", DataType.INT),
            Map.entry("integer", DataType.INT),
            Map.entry("bigint", DataType.BIGINT),
            Map.entry("long", DataType.BIGINT),
            Map.entry("float", DataType.FLOAT),
            Map.entry("real", DataType.FLOAT),
            Map.entry("double", DataType.DOUBLE),
            Map.entry("decimal", new DecimalType(10, 0)),
            Map.entry("numeric", new DecimalType(10, 0)),
            Map.entry("string", DataType.STRING),
            Map.entry("binary", DataType.BINARY),
            Map.entry("date", DataType.DATE),
            Map.entry("timestamp", DataType.TIMESTAMP),
            Map.entry("timestamp_ltz", DataType.TIMESTAMP),
            Map.entry("timestamp_ntz", DataType.TIMESTAMP_NTZ),
            Map.entry("void", DataType.NULL));

    private TypeNames() {}

    /** The type of a name in any case, e.g. {@code int} or {@code STRING}; null when it has parameters or is none. */
    public static @Nullable DataType find(String name) {
        return NAMES.get(name.strip().toLowerCase(Locale.ROOT));
    }

    static Iterable<String> all() {
        return new java.util.TreeSet<>(NAMES.keySet());
    }
}
