package io.rivulet.record;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Row;
import io.rivulet.vector.Selection;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads columns into records of a class and writes such records to columns. Components are found by name, without regard
 * to case; columns that the record does not have are passed over. A component may be a primitive (never null), its box,
 * String, byte[], BigDecimal (written as DECIMAL(38,18)), LocalDate, Instant (TIMESTAMP), LocalDateTime (TIMESTAMP_NTZ),
 * Period, Duration, an enum (STRING), another record (STRUCT), or a List, Map or Optional of these. Immutable; safe for
 * several threads.
 *
 * <pre>{@code
 * record Reading(String sensor, Instant at, double value) {}
 * RecordCodec<Reading> codec = RecordCodec.of(Reading.class);
 * ColumnBatch batch = codec.write(List.of(new Reading("a", Instant.EPOCH, 1.5)));
 * List<Reading> same = codec.read(batch);
 * }</pre>
 */
public final class RecordCodec<T extends Record> {
    private final Class<T> type;
    private final Constructor<T> constructor;
    private final List<Component> components = new ArrayList<>();
    private final Component.Writing[] writing;
    private final Schema schema;
    /** Made with the first record that is written; may be made twice, which is the same. */
    private @Nullable RecordAccessors accessors;

    private RecordCodec(Class<T> type, String place, List<Class<?>> enclosing) {
        if (enclosing.contains(type)) {
            throw ErrorCode.BAD_SCHEMA.error(place + " holds a " + type.getSimpleName() + " within itself");
        }
        List<Class<?>> inner = new ArrayList<>(enclosing);
        inner.add(type);
        this.type = type;
        RecordComponent[] declared = type.getRecordComponents();
        Class<?>[] types = new Class<?>[declared.length];
        List<Field> fields = new ArrayList<>();
        try {
            for (int i = 0; i < types.length; i++) {
                types[i] = declared[i].getType();
                String name = declared[i].getName();
                Component component = Component.of(
                        "component '" + name + "' of " + type.getSimpleName(), declared[i].getGenericType(), inner);
                components.add(component);
                fields.add(new Field(name, component.type(), component.nullable()));
                declared[i].getAccessor().setAccessible(true); // here, where the error is easy to see
            }
            constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
        } catch (NoSuchMethodException | RuntimeException e) {
            if (e instanceof RivuletException known) {
                throw known;
            }
            throw ErrorCode.BAD_SCHEMA.error(
                    "the record " + type.getName() + " is not open to Rivulet: " + e.getMessage()
                            + "; make it public, or open its package",
                    e);
        }
        schema = new Schema(fields);
        writing = components.stream().map(Component::writing).toArray(Component.Writing[]::new);
    }

    /** The codec of a record class; {@code BAD_SCHEMA} naming the component that no SQL type stands for. */
    public static <T extends Record> RecordCodec<T> of(Class<T> type) {
        return new RecordCodec<>(type, type.getSimpleName(), List.of());
    }

    static <T extends Record> RecordCodec<T> nested(Class<T> type, String place, List<Class<?>> enclosing) {
        return new RecordCodec<>(type, place, enclosing);
    }

    /** The columns that records are written to, in the order of the components. */
    public Schema schema() {
        return schema;
    }

    /**
     * The column of each component in another schema.
     *
     * @throws RivuletException {@code UNKNOWN_COLUMN} for a component without a column, {@code TYPE_MISMATCH} for one of
     *     a type it cannot take
     */
    public int[] columns(Schema input) {
        int[] columns = new int[components.size()];
        for (int i = 0; i < columns.length; i++) {
            String name = schema.field(i).name();
            columns[i] = input.indexOf(name);
            if (columns[i] < 0) {
                throw ErrorCode.UNKNOWN_COLUMN.error("component '" + name + "' of " + type.getSimpleName()
                        + " has no single column of its name; there is " + input.names());
            }
            components.get(i).check(input.type(columns[i]));
        }
        return columns;
    }

    /** The rows that count, as records; errors as {@link #columns}, and {@code TYPE_MISMATCH} for a null in a primitive. */
    public List<T> read(ColumnBatch batch) {
        int[] columns = columns(batch.schema());
        Selection selection = batch.selection();
        List<T> records = new ArrayList<>(batch.rowCount());
        for (int r = 0; r < batch.rowCount(); r++) {
            int row = selection == null ? r : selection.rows()[r];
            @Nullable Object[] values = new @Nullable Object[columns.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = components.get(i).toJava(batch.column(columns[i]).objectAt(row));
            }
            records.add(construct(values));
        }
        return records;
    }

    /** A row as a record; errors as {@link #read(ColumnBatch)}. */
    public T read(Row row) {
        int[] columns = columns(row.schema());
        @Nullable Object[] values = new @Nullable Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components.get(i).toJava(row.get(columns[i]));
        }
        return construct(values);
    }

    private T construct(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw ErrorCode.USER_CODE.error(
                    "the constructor of " + type.getSimpleName() + " refused " + java.util.Arrays.toString(values)
                            + ": " + e.getCause(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw ErrorCode.INTERNAL.error("the record " + type.getName() + " cannot be made: " + e, e);
        }
    }

    private RecordAccessors accessors() {
        RecordAccessors made = accessors;
        if (made == null) {
            made = new RecordAccessors(type);
            accessors = made;
        }
        return made;
    }

    /** The values of a record for a column builder of the struct type. */
    List<@Nullable Object> write(Record instance) {
        RecordAccessors from = accessors();
        List<@Nullable Object> values = new ArrayList<>(writing.length);
        for (int i = 0; i < writing.length; i++) {
            values.add(
                    switch (writing[i]) {
                        case BOOLEAN -> from.booleanOf(instance, i);
                        case BYTE -> (byte) from.intOf(instance, i);
                        case SHORT -> (short) from.intOf(instance, i);
                        case INT -> from.intOf(instance, i);
                        case LONG -> from.longOf(instance, i);
                        case FLOAT, DOUBLE -> from.doubleOf(instance, i);
                        case TEXT, SIMPLE, CONVERTED -> components.get(i).toColumn(from.objectOf(instance, i));
                    });
        }
        return values;
    }

    /**
     * Appends a record to builders of {@link #schema}'s columns; primitives and text go over without an object between.
     * What a failure leaves of the row is for the caller to take back.
     *
     * @throws RivuletException {@code TYPE_MISMATCH} naming a value that its column cannot hold, {@code USER_CODE} when
     *     an accessor throws
     */
    public void append(T instance, ColumnBuilder[] builders) {
        Objects.requireNonNull(instance);
        RecordAccessors from = accessors();
        for (int i = 0; i < builders.length; i++) {
            ColumnBuilder column = builders[i];
            switch (writing[i]) {
                case BOOLEAN -> column.appendBoolean(from.booleanOf(instance, i));
                case BYTE -> column.appendByte((byte) from.intOf(instance, i));
                case SHORT -> column.appendShort((short) from.intOf(instance, i));
                case INT -> column.appendInt(from.intOf(instance, i));
                case LONG -> column.appendLong(from.longOf(instance, i));
                case FLOAT -> column.appendFloat((float) from.doubleOf(instance, i));
                case DOUBLE -> column.appendDouble(from.doubleOf(instance, i));
                case TEXT -> {
                    Object text = from.objectOf(instance, i);
                    if (text == null) {
                        column.appendNull();
                    } else {
                        column.appendString((String) text);
                    }
                }
                case SIMPLE -> append(i, from.objectOf(instance, i), column);
                case CONVERTED -> append(i, components.get(i).toColumn(from.objectOf(instance, i)), column);
            }
        }
    }

    private void append(int component, @Nullable Object value, ColumnBuilder column) {
        try {
            column.append(value);
        } catch (RivuletException e) {
            throw new RivuletException(
                    e.code(),
                    components.get(component).place() + ": the value " + value + " does not fit "
                            + schema.type(component).sql(),
                    e);
        }
    }

    /** The records as a batch of their own arrays; errors as {@link #append}. */
    public ColumnBatch write(List<? extends T> records) {
        ColumnBuilder[] builders = ColumnBuilder.forSchema(schema, Math.max(1, records.size()));
        for (T instance : records) {
            append(instance, builders);
        }
        ColumnVector[] columns = new ColumnVector[builders.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = builders[i].build();
        }
        return new ColumnBatch(schema, columns, records.size());
    }
}
