/**
 * Streaming queries: repeated runs of a stage graph, with a log that makes them exactly-once. Read
 * {@code MicroBatchRunner} first, then {@link io.rivulet.streaming.CheckpointLog}.
 */
@NullMarked
package io.rivulet.streaming;

import org.jspecify.annotations.NullMarked;
