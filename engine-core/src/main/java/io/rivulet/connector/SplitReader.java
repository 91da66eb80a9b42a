package io.rivulet.connector;

import io.rivulet.vector.ColumnBatch;
import org.jspecify.annotations.Nullable;

/** Reads one split, in order. Used by one thread. */
public interface SplitReader extends AutoCloseable {
    /**
     * The next rows, at most the vector size of the {@link ReadContext}, without a selection; null at the end. The
     * batch is valid until the next call.
     */
    @Nullable
    ColumnBatch next();

    @Override
    void close();
}
