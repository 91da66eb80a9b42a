package io.rivulet.connector.builtin;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an ingest holds of rows that are not yet in committed batches, and what happens to more.
 *
 * @param rows at least 1
 * @param bytes at least 1; what a row counts is near to what its columns take
 * @param refuse whether a push that finds it full is refused at once; otherwise it waits
 * @param timeout how long it waits before it is refused after all; null for ever
 */
public record IngestLimits(
        long rows, long bytes, boolean refuse, @Nullable Duration timeout) {}
