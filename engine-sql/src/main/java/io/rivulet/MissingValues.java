package io.rivulet;

import io.rivulet.error.ErrorCode;
import io.rivulet.sql.logical.ColumnName;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What to do about missing values, which are nulls and, in FLOAT and DOUBLE columns, NaN: see {@link DataFrame#na}. Names
 * that are not there are {@code UNKNOWN_COLUMN}. Immutable.
 *
 * <pre>{@code
 * df.na().drop();                              // rows without any missing value
 * df.na().fill(0).na().fill("unknown");        // numbers and texts
 * df.na().fill(Map.of("city", "Rome", "n", 1));
 * }</pre>
 */
public final class MissingValues {
    private final DataFrame frame;

    MissingValues(DataFrame frame) {
        this.frame = frame;
    }

    // ---- rows

    /** The rows without a missing value. */
    public DataFrame drop() {
        return drop("any");
    }

    /** With {@code "any"} the rows without a missing value, with {@code "all"} those with at least one value. */
    public DataFrame drop(String how) {
        return drop(how, all());
    }

    /** The rows without a missing value in these columns. */
    public DataFrame drop(String[] columns) {
        return drop("any", columns);
    }

    /** As {@link #drop(String)}, looking at these columns only. */
    public DataFrame drop(String how, String[] columns) {
        return switch (how.toLowerCase(Locale.ROOT)) {
            case "any" -> drop(columns.length, columns);
            case "all" -> drop(1, columns);
            default ->
                throw ErrorCode.BAD_ARGUMENT.error("na().drop(\"" + how + "\") is unknown; there is any and all");
        };
    }

    /** The rows with at least so many values. */
    public DataFrame drop(int minNonNulls) {
        return drop(minNonNulls, all());
    }

    /** The rows with at least so many values in these columns. */
    public DataFrame drop(int minNonNulls, String[] columns) {
        Column values = Functions.lit(0);
        Column every = Functions.lit(true);
        for (String name : columns) {
            Column present = isMissing(field(name)).not();
            every = every.and(present);
            values = values.plus(Functions.when(present, 1).otherwise(0));
        }
        return frame.filter(minNonNulls == columns.length ? every : values.geq(minNonNulls));
    }

    // ---- values

    /** This number in the numeric columns, converted to the type of each. */
    public DataFrame fill(long value) {
        return fillAll(value);
    }

    /** This number in the numeric columns, converted to the type of each. */
    public DataFrame fill(double value) {
        return fillAll(value);
    }

    /** This text in the STRING columns. */
    public DataFrame fill(String value) {
        return fillAll(value);
    }

    /** This value in the BOOLEAN columns. */
    public DataFrame fill(boolean value) {
        return fillAll(value);
    }

    /** This number in these columns; {@code TYPE_MISMATCH} for one that is not numeric (Spark does nothing then). */
    public DataFrame fill(long value, String[] columns) {
        return fillEach(value, columns);
    }

    /** This number in these columns; {@code TYPE_MISMATCH} for one that is not numeric (Spark does nothing then). */
    public DataFrame fill(double value, String[] columns) {
        return fillEach(value, columns);
    }

    /** This text in these columns; {@code TYPE_MISMATCH} for one that is no STRING (Spark does nothing then). */
    public DataFrame fill(String value, String[] columns) {
        return fillEach(value, columns);
    }

    /** This value in these columns; {@code TYPE_MISMATCH} for one that is no BOOLEAN (Spark does nothing then). */
    public DataFrame fill(boolean value, String[] columns) {
        return fillEach(value, columns);
    }

    /** A value, number, text or Boolean, for each column that is named; {@code TYPE_MISMATCH} where it does not fit. */
    public DataFrame fill(Map<String, ?> valueByColumn) {
        Map<String, Column> filled = new LinkedHashMap<>();
        valueByColumn.forEach((name, value) -> {
            Field field = field(name);
            if (value == null || !fits(value, field.type())) {
                throw ErrorCode.TYPE_MISMATCH.error("na().fill: the column '" + field.name() + "' is "
                        + field.type().sql() + ", which " + value + " does not fit");
            }
            filled.put(field.name(), filled(field, value));
        });
        return frame.withColumns(filled);
    }

    private DataFrame fillEach(Object value, String[] columns) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String column : columns) {
            values.put(column, value);
        }
        return fill(values);
    }

    private DataFrame fillAll(Object value) {
        Map<String, Column> filled = new LinkedHashMap<>();
        for (Field field : frame.schema().fields()) {
            if (fits(value, field.type())) {
                filled.put(field.name(), filled(field, value));
            }
        }
        return frame.withColumns(filled);
    }

    private static boolean fits(Object value, DataType type) {
        if (value instanceof Number) {
            return type.isNumeric();
        }
        return (value instanceof String && type == DataType.STRING)
                || (value instanceof Boolean && type == DataType.BOOLEAN);
    }

    private static Column filled(Field field, Object value) {
        return Functions.when(isMissing(field), Functions.lit(value).cast(field.type()))
                .otherwise(column(field));
    }

    private static Column isMissing(Field field) {
        Column column = column(field);
        boolean floating = field.type() == DataType.DOUBLE || field.type() == DataType.FLOAT;
        return floating ? column.isNull().or(Functions.call("isnan", column)) : column.isNull();
    }

    private static Column column(Field field) {
        return new Column(new ColumnName(List.of(field.name())));
    }

    private String[] all() {
        return frame.schema().names().toArray(new String[0]);
    }

    private Field field(String name) {
        Schema schema = frame.schema();
        int index = schema.indexOf(name);
        if (index < 0) {
            throw ErrorCode.UNKNOWN_COLUMN.error(
                    (index == Schema.AMBIGUOUS ? "more than one column is named '" : "there is no column '") + name
                            + "'; the columns here are " + schema.names());
        }
        return schema.field(index);
    }
}
