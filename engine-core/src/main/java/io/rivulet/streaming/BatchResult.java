package io.rivulet.streaming;

import java.util.List;
import java.util.Map;

/**
 * What a batch has come to, made durable together with its state: the commit point.
 *
 * @param watermark the global watermark after the batch, as {@code Watermark} defines it
 * @param inputMaxima the largest event time in microseconds seen so far, by watermarked input
 * @param sinkMessages what each sink is to commit, by the sink's name, in the order of partitions
 * @param flushed whether the query has closed everything ({@code flushAtEnd}) and must not go on
 */
public record BatchResult(
        long batchId,
        long watermark,
        Map<String, Long> inputMaxima,
        Map<String, List<byte[]>> sinkMessages,
        boolean flushed) {
    public BatchResult {
        inputMaxima = Map.copyOf(inputMaxima);
        sinkMessages = Map.copyOf(sinkMessages);
    }
}
