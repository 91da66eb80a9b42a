package io.rivulet.state.local;

import io.rivulet.state.local.format.BatchCodec;
import io.rivulet.state.local.format.ByteReader;
import io.rivulet.streaming.BatchPlan;
import io.rivulet.streaming.BatchResult;

/** Reads the payloads of log frames, whose layout is in {@link io.rivulet.state.local.log.LogWriter}. */
final class FrameContents {
    private FrameContents() {}

    static BatchPlan plan(ByteReader payload) {
        payload.getVarint();
        return BatchCodec.readPlan(payload);
    }

    static BatchResult result(ByteReader payload) {
        payload.getVarint();
        return BatchCodec.readResult(payload);
    }

    /** The rows of a journal frame. */
    static byte[] journaledRows(ByteReader payload) {
        payload.getVarint();
        payload.getText();
        return payload.getRest();
    }

    /** The batch of a state frame. */
    static long batch(ByteReader payload) {
        return payload.getVarint();
    }
}
