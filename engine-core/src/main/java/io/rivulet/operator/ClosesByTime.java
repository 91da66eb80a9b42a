package io.rivulet.operator;

/** An operator that keeps something until the watermark reaches a time. */
public interface ClosesByTime {
    /**
     * The least watermark, beyond the one it has, at which there is something to give out or to forget; asked between
     * batches. May be too early, then a batch is run in vain; never too late.
     *
     * @param watermarkMicros the watermark it has, as a bound on microseconds
     * @return {@link Long#MAX_VALUE} when it waits for no time
     */
    long nextClose(long watermarkMicros);
}
