package io.rivulet.connector;

import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;

/**
 * Takes what a reader could not parse. A query that names a bad-row sink has such rows written there; otherwise the
 * reader's own mode decides. Used by the thread of the reader.
 */
public interface BadRows {
    /** The columns of a bad-row sink: the source's description and what {@link #take} is given. */
    Schema SCHEMA = Schema.of(
            Field.required("source", DataType.STRING),
            Field.required("place", DataType.STRING),
            Field.required("reason", DataType.STRING),
            Field.required("raw", DataType.STRING));

    /**
     * Offers a row that does not fit the schema.
     *
     * @param raw the row as it stands in the source, whole
     * @param place where it stands, e.g. {@code /data/in/a.csv, line 7, byte 153}
     * @param reason what is wrong with it, e.g. {@code column age: 'x' is no INT}
     * @return whether the row has a home now and the reader goes on with the next; false: the reader's mode decides
     */
    boolean take(String raw, String place, String reason);

    /** Counts a row that the reader drops by its own mode. */
    void dropped();

    /** Takes no row: the reader's mode decides, and what it drops is told. */
    static BadRows droppedTo(Runnable counter) {
        return new BadRows() {
            @Override
            public boolean take(String raw, String place, String reason) {
                return false;
            }

            @Override
            public void dropped() {
                counter.run();
            }
        };
    }
}
