package io.rivulet.record;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.MapType;
import io.rivulet.type.StructType;
import io.rivulet.vector.Row;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one Java type stands for a SQL type: what it becomes and how values cross over.
 *
 * @param place where it occurs, for messages: record and component
 * @param parts of an Optional, List (element) or Map (key, value)
 */
record Component(
        String place,
        Class<?> javaType,
        DataType type,
        boolean nullable,
        List<Component> parts,
        @Nullable RecordCodec<?> nested) {
    /** How a component's value gets into a column. */
    enum Writing {
        BOOLEAN,
        BYTE,
        SHORT,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        TEXT,
        /** The column takes the object as it is. */
        SIMPLE,
        /** The column takes what {@link #toColumn} makes of the object. */
        CONVERTED
    }

    private static final Map<Class<?>, Writing> PRIMITIVE = Map.of(
            boolean.class, Writing.BOOLEAN,
            byte.class, Writing.BYTE,
            short.class, Writing.SHORT,
            int.class, Writing.INT,
            long.class, Writing.LONG,
            float.class, Writing.FLOAT,
            double.class, Writing.DOUBLE);

    private static final Map<Class<?>, DataType> SIMPLE = Map.ofEntries(
            Map.entry(boolean.class, DataType.BOOLEAN),
            Map.entry(Boolean.class, DataType.BOOLEAN),
            Map.entry(byte.class, DataType.TINYINT),
            Map.entry(Byte.class, DataType.TINYINT),
            Map.entry(short.class, DataType.SMALLINT),
            Map.entry(Short.class, DataType.SMALLINT),
            Map.entry(int.class, DataType.INT),
            Map.entry(Integer.class, DataType.INT),
            Map.entry(long.class, DataType.BIGINT),
            Map.entry(Long.class, DataType.BIGINT),
            Map.entry(float.class, DataType.FLOAT),
            Map.entry(Float.class, DataType.FLOAT),
            Map.entry(double.class, DataType.DOUBLE),
            Map.entry(Double.class, DataType.DOUBLE),
            Map.entry(String.class, DataType.STRING),
            Map.entry(byte[].class, DataType.BINARY),
            Map.entry(LocalDate.class, DataType.DATE),
            Map.entry(Instant.class, DataType.TIMESTAMP),
            Map.entry(LocalDateTime.class, DataType.TIMESTAMP_NTZ),
            Map.entry(Period.class, DataType.INTERVAL_YEAR_MONTH),
            Map.entry(Duration.class, DataType.INTERVAL_DAY_TIME),
            Map.entry(BigDecimal.class, new DecimalType(38, 18)));

    static Component of(String place, Type type, List<Class<?>> enclosing) {
        Class<?> raw = raw(place, type);
        if (raw == Optional.class) {
            Component value = of(place, argument(place, type, 0), enclosing);
            return new Component(place, raw, value.type, true, List.of(value), null);
        }
        if (raw == List.class) {
            Component element = of(place, argument(place, type, 0), enclosing);
            return new Component(place, raw, new ArrayType(element.type), true, List.of(element), null);
        }
        if (raw == Map.class) {
            Component key = of(place, argument(place, type, 0), enclosing);
            Component value = of(place, argument(place, type, 1), enclosing);
            return new Component(place, raw, new MapType(key.type, value.type), true, List.of(key, value), null);
        }
        if (raw.isRecord()) {
            RecordCodec<?> nested = RecordCodec.nested(raw.asSubclass(Record.class), place, enclosing);
            return new Component(place, raw, new StructType(nested.schema()), true, List.of(), nested);
        }
        if (raw.isEnum()) {
            return new Component(place, raw, DataType.STRING, true, List.of(), null);
        }
        DataType simple = SIMPLE.get(raw);
        if (simple == null) {
            throw ErrorCode.BAD_SCHEMA.error(place + " is a " + raw.getTypeName()
                    + ", which no SQL type stands for; use a number, String, byte[], BigDecimal, java.time type, enum,"
                    + " record, List, Map or Optional");
        }
        return new Component(place, raw, simple, !raw.isPrimitive(), List.of(), null);
    }

    Writing writing() {
        if (javaType == String.class) {
            return Writing.TEXT;
        }
        return PRIMITIVE.getOrDefault(javaType, SIMPLE.containsKey(javaType) ? Writing.SIMPLE : Writing.CONVERTED);
    }

    private static Class<?> raw(String place, Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> plain) {
            return plain;
        }
        throw ErrorCode.BAD_SCHEMA.error(place + " is a " + type + ", whose type is not known; name a concrete type");
    }

    private static Type argument(String place, Type type, int index) {
        if (type instanceof ParameterizedType generic) {
            return generic.getActualTypeArguments()[index];
        }
        throw ErrorCode.BAD_SCHEMA.error(place + " is a raw " + type.getTypeName() + "; name the type of its values");
    }

    /** Refuses columns whose values the component cannot take. */
    void check(DataType column) {
        boolean fits;
        if (javaType == Optional.class) {
            parts.get(0).check(column);
            return;
        } else if (nested != null) {
            fits = column instanceof StructType;
            if (column instanceof StructType struct) {
                nested.columns(struct.schema());
            }
        } else if (javaType == List.class) {
            fits = column instanceof ArrayType;
            if (column instanceof ArrayType array) {
                parts.get(0).check(array.element());
            }
        } else if (javaType == Map.class) {
            fits = column instanceof MapType;
            if (column instanceof MapType map) {
                parts.get(0).check(map.key());
                parts.get(1).check(map.value());
            }
        } else if (type instanceof DecimalType) {
            fits = column instanceof DecimalType || column.isIntegral();
        } else if (type.isNumeric()) {
            fits = column.isNumeric() && !(column instanceof DecimalType) && widens(column, type);
        } else {
            fits = column.equals(type);
        }
        if (!fits && column != DataType.NULL) {
            throw ErrorCode.TYPE_MISMATCH.error(place + " is a " + javaType.getSimpleName()
                    + ", which cannot take a column of type " + column.sql() + "; cast the column to " + type.sql());
        }
    }

    private static boolean widens(DataType from, DataType to) {
        return rank(from) <= rank(to);
    }

    private static int rank(DataType type) {
        return switch (type.physical()) {
            case BYTE -> 0;
            case SHORT -> 1;
            case INT -> 2;
            case LONG -> 3;
            case FLOAT -> 4;
            default -> 5;
        };
    }

    /** The component's value for a column's ({@link io.rivulet.vector.ColumnVector#objectAt}). */
    @Nullable
    Object toJava(@Nullable Object value) {
        if (javaType == Optional.class) {
            return value == null
                    ? Optional.empty()
                    : Optional.ofNullable(parts.get(0).toJava(value));
        }
        if (value == null) {
            if (!nullable) {
                throw ErrorCode.TYPE_MISMATCH.error(place + " is a " + javaType.getSimpleName()
                        + " and cannot take a null; use its boxed type or an Optional");
            }
            return null;
        }
        if (nested != null) {
            return nested.read((Row) value);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> converted = new ArrayList<>();
            for (Object element : list) {
                converted.add(parts.get(0).toJava(element));
            }
            return java.util.Collections.unmodifiableList(converted);
        }
        if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> converted = new LinkedHashMap<>();
            map.forEach(
                    (k, v) -> converted.put(parts.get(0).toJava(k), parts.get(1).toJava(v)));
            return java.util.Collections.unmodifiableMap(converted);
        }
        if (javaType.isEnum()) {
            return constant((String) value);
        }
        return value instanceof Number number ? number(number) : value;
    }

    private Object constant(String name) {
        for (Object constant : javaType.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw ErrorCode.BAD_CAST.error(place + " has no constant '" + name + "' in " + javaType.getSimpleName());
    }

    private Object number(Number value) {
        if (type instanceof DecimalType) {
            return value instanceof BigDecimal ? value : BigDecimal.valueOf(value.longValue());
        }
        return switch (type.physical()) {
            case SHORT -> value.shortValue();
            case INT -> value.intValue();
            case LONG -> value.longValue();
            case FLOAT -> value.floatValue();
            case DOUBLE -> value.doubleValue();
            default -> value;
        };
    }

    /** What a column builder takes for a component's value. */
    @Nullable
    Object toColumn(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(v -> parts.get(0).toColumn(v)).orElse(null);
        }
        if (value == null) {
            return null;
        }
        if (nested != null) {
            return nested.write((Record) value);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> converted = new ArrayList<>();
            for (Object element : list) {
                converted.add(parts.get(0).toColumn(element));
            }
            return converted;
        }
        if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> converted = new LinkedHashMap<>();
            map.forEach((k, v) ->
                    converted.put(parts.get(0).toColumn(k), parts.get(1).toColumn(v)));
            return converted;
        }
        return value instanceof Enum<?> constant ? constant.name() : value;
    }
}
