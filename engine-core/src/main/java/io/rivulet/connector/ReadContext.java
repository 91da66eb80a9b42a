package io.rivulet.connector;

import io.rivulet.type.Schema;
import java.time.ZoneId;

/**
 * What a reader is to deliver.
 *
 * @param schema the columns wanted, in order: those of the source at {@code columns}
 * @param columns indices into the source's schema; ascending
 * @param vectorSize the most rows of a batch
 * @param zone the session time zone, for parsing timestamps that name none
 * @param malformedRows told of every row that is dropped because it is malformed
 */
public record ReadContext(Schema schema, int[] columns, int vectorSize, ZoneId zone, Runnable malformedRows) {}
