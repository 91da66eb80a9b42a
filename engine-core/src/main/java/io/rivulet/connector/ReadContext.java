package io.rivulet.connector;

import io.rivulet.type.Schema;
import java.time.ZoneId;

/** What a reader is to deliver, and how. */
public final class ReadContext {
    private final Schema schema;
    private final int[] columns;
    private final int vectorSize;
    private final ZoneId zone;
    private final BadRows badRows;

    /**
     * What a reader is to deliver.
     *
     * @param schema the columns wanted, in order: those of the source at {@code columns}
     * @param columns indices into the source's schema; ascending
     * @param vectorSize the most rows of a batch
     * @param zone the session time zone, for parsing timestamps that name none
     * @param badRows offered every row that does not parse
     */
    public ReadContext(Schema schema, int[] columns, int vectorSize, ZoneId zone, BadRows badRows) {
        this.schema = schema;
        this.columns = columns.clone();
        this.vectorSize = vectorSize;
        this.zone = zone;
        this.badRows = badRows;
    }

    /** The columns wanted, in order. */
    public Schema schema() {
        return schema;
    }

    /** Their indices in the source's schema (a copy). */
    public int[] columns() {
        return columns.clone();
    }

    /** The most rows of a batch. */
    public int vectorSize() {
        return vectorSize;
    }

    /** The session time zone. */
    public ZoneId zone() {
        return zone;
    }

    /** Offered every row that does not parse. */
    public BadRows badRows() {
        return badRows;
    }
}
