package io.rivulet.operator;

/**
 * What operators learn after the last row of a batch.
 *
 * @param watermarkMicros the watermark computed with this batch's rows, as a bound on microseconds: what ends at or
 *     before it closes now
 */
public record BatchEnd(long watermarkMicros) {}
