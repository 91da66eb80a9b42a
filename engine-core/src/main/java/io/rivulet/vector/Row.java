package io.rivulet.vector;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.Schema;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as Java objects, for display, tests, {@code collect()} and {@code foreach}; the engine itself never makes one.
 * Values have the classes that {@link ColumnVector#objectAt} names. Immutable.
 */
public final class Row {
    private final Schema schema;
    private final @Nullable Object[] values;

    /** @param values one per column of the schema, {@code BAD_ARGUMENT} otherwise; shared, not copied */
    public Row(Schema schema, @Nullable Object[] values) {
        if (values.length != schema.size()) {
            throw ErrorCode.BAD_ARGUMENT.error(
                    "a row of " + values.length + " values for the " + schema.size() + " columns " + schema.names());
        }
        this.schema = schema;
        this.values = values;
    }

    /** The columns. */
    public Schema schema() {
        return schema;
    }

    /** The value of a column by its index. */
    public @Nullable Object get(int index) {
        return values[index];
    }

    /** The value of a column by its name. */
    public @Nullable Object get(String name) {
        int index = schema.indexOf(name);
        if (index < 0) {
            throw ErrorCode.UNKNOWN_COLUMN.error(
                    "the row has no single column '" + name + "'; it has " + schema.names());
        }
        return values[index];
    }

    /** The values in order (a view). */
    public List<@Nullable Object> values() {
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row && Arrays.deepEquals(values, row.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(values);
    }
}
