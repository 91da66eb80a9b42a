package io.rivulet.state.local.format;

import io.rivulet.connector.Offset;
import io.rivulet.streaming.BatchPlan;
import io.rivulet.streaming.BatchResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plans and results of batches.
 *
 * <pre>
 * plan    := varint (batch) zigzag (timestamp, µs) varint { text (source) text (start) text (end) }
 *            varint { text (idle input) zigzag (event time it has moved to, µs) }
 * result  := varint (batch) zigzag (watermark) varint { text (input) zigzag (maximum, µs) }
 *            varint { text (sink) varint { varint bytes } } byte (flushed)
 * offsets := varint { text (source) text }
 * </pre>
 */
public final class BatchCodec {
    private BatchCodec() {}

    /** Appends a plan. */
    public static void writePlan(BatchPlan plan, FrameBuffer out) {
        out.putVarint(plan.batchId());
        out.putZigzag(plan.timestampMicros());
        out.putVarint(plan.sources().size());
        for (Map.Entry<String, BatchPlan.Range> source : new TreeMap<>(plan.sources()).entrySet()) {
            out.putText(source.getKey());
            out.putText(source.getValue().start().text());
            out.putText(source.getValue().end().text());
        }
        out.putVarint(plan.idle().size());
        for (Map.Entry<String, Long> input : new TreeMap<>(plan.idle()).entrySet()) {
            out.putText(input.getKey());
            out.putZigzag(input.getValue());
        }
    }

    /** Reads a plan. */
    public static BatchPlan readPlan(ByteReader in) {
        long batch = in.getVarint();
        long timestamp = in.getZigzag();
        int count = in.getCount();
        Map<String, BatchPlan.Range> sources = new HashMap<>();
        for (int i = 0; i < count; i++) {
            sources.put(in.getText(), new BatchPlan.Range(new Offset(in.getText()), new Offset(in.getText())));
        }
        int idleCount = in.getCount();
        Map<String, Long> idle = new HashMap<>();
        for (int i = 0; i < idleCount; i++) {
            idle.put(in.getText(), in.getZigzag());
        }
        return new BatchPlan(batch, timestamp, sources, idle);
    }

    /** Appends a result. */
    public static void writeResult(BatchResult result, boolean withMessages, FrameBuffer out) {
        out.putVarint(result.batchId());
        out.putZigzag(result.watermark());
        out.putVarint(result.inputMaxima().size());
        result.inputMaxima().forEach((input, maximum) -> {
            out.putText(input);
            out.putZigzag(maximum);
        });
        Map<String, List<byte[]>> messages = withMessages ? result.sinkMessages() : Map.of();
        out.putVarint(messages.size());
        messages.forEach((sink, parts) -> {
            out.putText(sink);
            out.putVarint(parts.size());
            for (byte[] part : parts) {
                out.putVarint(part.length);
                out.putBytes(part, 0, part.length);
            }
        });
        out.putByte(result.flushed() ? 1 : 0);
    }

    /** Reads a result. */
    public static BatchResult readResult(ByteReader in) {
        long batch = in.getVarint();
        long watermark = in.getZigzag();
        int inputs = in.getCount();
        Map<String, Long> maxima = new HashMap<>();
        for (int i = 0; i < inputs; i++) {
            maxima.put(in.getText(), in.getZigzag());
        }
        int sinks = in.getCount();
        Map<String, List<byte[]>> messages = new HashMap<>();
        for (int i = 0; i < sinks; i++) {
            String sink = in.getText();
            int parts = in.getCount();
            List<byte[]> blobs = new ArrayList<>();
            for (int p = 0; p < parts; p++) {
                blobs.add(in.getBlob());
            }
            messages.put(sink, blobs);
        }
        return new BatchResult(batch, watermark, maxima, messages, in.getByte() != 0);
    }

    static void writeOffsets(Map<String, Offset> offsets, FrameBuffer out) {
        out.putVarint(offsets.size());
        offsets.forEach((source, offset) -> {
            out.putText(source);
            out.putText(offset.text());
        });
    }

    static Map<String, Offset> readOffsets(ByteReader in) {
        int count = in.getCount();
        Map<String, Offset> offsets = new HashMap<>();
        for (int i = 0; i < count; i++) {
            offsets.put(in.getText(), new Offset(in.getText()));
        }
        return offsets;
    }
}
