package io.rivulet;

import io.rivulet.record.RecordCodec;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A {@link DataFrame} whose rows are read as records of a class: each component takes the column of its name, without
 * regard to case. Immutable and thread-safe.
 *
 * <pre>{@code
 * record Delay(String origin, double mean) {}
 * List<Delay> delays = df.groupBy("origin").agg(avg("delay").as("mean")).as(Delay.class).collect();
 * }</pre>
 *
 * @param <T> the class of the records
 */
public final class Dataset<T extends Record> {
    private final DataFrame frame;
    private final RecordCodec<T> codec;

    Dataset(DataFrame frame, Class<T> type) {
        this.frame = frame;
        this.codec = RecordCodec.of(type);
        codec.columns(frame.schema());
    }

    /** The rows as columns again. */
    public DataFrame toDF() {
        return frame;
    }

    /** The columns. */
    public Schema schema() {
        return frame.schema();
    }

    /** All rows; {@code UNSUPPORTED_OPERATION} for a stream, {@code TYPE_MISMATCH} for a null in a primitive. */
    public List<T> collect() {
        List<T> records = new ArrayList<>();
        for (ColumnBatch batch : frame.collectBatches()) {
            records.addAll(codec.read(batch));
        }
        return records;
    }

    /** Gives every row to a function, in order; {@code UNSUPPORTED_OPERATION} for a stream. */
    public void forEach(Consumer<? super T> action) {
        collect().forEach(action);
    }
}
