package io.rivulet.record;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Java values to columns and back: a record has a column per component, as {@link RecordCodec} says, anything else a
 * single column {@code value}. Immutable; safe for several threads.
 */
public final class ValueCodec<T> {
    private static final String VALUE = "value";

    private final Class<T> type;
    private final @Nullable RecordCodec<?> record;
    private final @Nullable Component component;
    private final Schema schema;

    private ValueCodec(Class<T> type, @Nullable RecordCodec<?> record, @Nullable Component component, Schema schema) {
        this.type = type;
        this.record = record;
        this.component = component;
        this.schema = schema;
    }

    /**
     * The codec of a class.
     *
     * @param place what its values are for, for messages
     * @throws RivuletException {@code BAD_SCHEMA} naming what no SQL type stands for
     */
    public static <T> ValueCodec<T> of(Class<T> type, String place) {
        if (type.isRecord()) {
            RecordCodec<?> record = RecordCodec.of(type.asSubclass(Record.class));
            return new ValueCodec<>(type, record, null, record.schema());
        }
        Component component = Component.of(place, type, List.of());
        return new ValueCodec<>(
                type, null, component, new Schema(List.of(new Field(VALUE, component.type(), component.nullable()))));
    }

    /** The columns that values are written to. */
    public Schema schema() {
        return schema;
    }

    /** The values of rows; errors as {@link RecordCodec#read(ColumnBatch)}. A value that is no record may be null. */
    public List<@Nullable T> read(ColumnBatch batch) {
        List<@Nullable T> values = new ArrayList<>(batch.size());
        if (record != null) {
            for (Object value : record.read(batch)) {
                values.add(type.cast(value));
            }
            return values;
        }
        Component simple = component();
        ColumnVector column = batch.column(0);
        for (int i = 0; i < batch.size(); i++) {
            values.add(type.cast(simple.toJava(column.objectAt(i))));
        }
        return values;
    }

    private Component component() {
        if (component == null) {
            throw ErrorCode.INTERNAL.error(type.getName() + " has no codec");
        }
        return component;
    }

    /**
     * Appends a value to builders of {@link #schema}'s columns.
     *
     * @throws RivuletException {@code TYPE_MISMATCH} naming a value that its column cannot hold
     */
    public void append(@Nullable T value, ColumnBuilder[] builders) {
        if (record == null) {
            builders[0].append(component().toColumn(value));
        } else if (value == null) {
            throw ErrorCode.TYPE_MISMATCH.error("a " + type.getSimpleName() + " is null");
        } else {
            append(record, value, builders);
        }
    }

    @SuppressWarnings("unchecked")
    private static <R extends Record> void append(RecordCodec<R> codec, Object value, ColumnBuilder[] builders) {
        codec.append((R) value, builders);
    }
}
