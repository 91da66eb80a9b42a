package io.rivulet.operator;

/**
 * What operators learn before the first row of a batch.
 *
 * @param batchId the batch
 * @param attempt which attempt of it, from 0
 * @param lateMicros the watermark after the batch before, as a bound on microseconds: what is at or before it is late
 */
public record BatchStart(long batchId, int attempt, long lateMicros) {}
