package io.rivulet.vector;

import io.rivulet.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column for the rows of a {@link ColumnBatch}. The family is closed: final classes over plain
 * primitive arrays (one per {@code PhysicalType}), {@link ConstantVector} and {@link DictionaryVector}, and
 * {@link StructVector}, {@link ArrayVector}, {@link MapVector} over child vectors. Row r of a flat vector is element r
 * of its array; arrays may be longer than the vector.
 *
 * <p>Immutable once handed over. A vector handed to an operator, sink or function is valid until that call returns,
 * because its owner may fill the arrays again; whoever keeps it takes {@link #detach} of it.
 */
public abstract sealed class ColumnVector
        permits BooleanVector,
                ByteVector,
                ShortVector,
                IntVector,
                LongVector,
                FloatVector,
                DoubleVector,
                Decimal128Vector,
                BytesVector,
                NullVector,
                ConstantVector,
                DictionaryVector,
                StructVector,
                ArrayVector,
                MapVector {
    private final DataType type;
    private final int size;
    private final Validity validity;

    ColumnVector(DataType type, int size, Validity validity) {
        this.type = type;
        this.size = size;
        this.validity = validity;
    }

    /** The SQL type of the values. */
    public final DataType type() {
        return type;
    }

    /** The number of rows. */
    public final int size() {
        return size;
    }

    /** Which rows hold a value. For {@link ConstantVector} and {@link DictionaryVector} use {@link #isNull}, or flatten first. */
    public final Validity validity() {
        return validity;
    }

    /** Whether no row is null. */
    public boolean allPresent() {
        return validity.allPresent();
    }

    /** Whether the row is null. */
    public boolean isNull(int row) {
        return !validity.isPresent(row);
    }

    /** The same rows as a vector over its own plain array: this vector if it is one already, else a copy. */
    public ColumnVector flatten() {
        return this;
    }

    /**
     * The given rows, in that order, as a vector with arrays of its own (a copy, valid for ever).
     *
     * @param rows row numbers of this vector; the first {@code count} are taken
     */
    public abstract ColumnVector take(int[] rows, int count);

    /** The first {@code size()} rows with arrays of its own, trimmed (a copy, valid for ever). */
    public abstract ColumnVector detach();

    /**
     * The value of a row as a Java object, for display, tests and user functions; never in a hot loop. Types map to
     * Boolean, Byte, Short, Integer, Long, Float, Double, BigDecimal, String, byte[], LocalDate, Instant (TIMESTAMP),
     * LocalDateTime (TIMESTAMP_NTZ), Period (INTERVAL YEAR TO MONTH), Duration (INTERVAL DAY TO SECOND), List, Map and
     * {@link Row}.
     */
    public final @Nullable Object objectAt(int row) {
        return isNull(row) ? null : presentAt(row);
    }

    /** The value of a row that is not null. */
    abstract Object presentAt(int row);

    /** Bytes held by the arrays, shared ones included. */
    public abstract long retainedBytes();

    final long validityBytes() {
        return 8L * validity.bits().length;
    }
}
