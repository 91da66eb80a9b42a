package io.rivulet.state.local.format;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Keeps {@link FrameBuffer}s between batches, up to a number of bytes. Thread-safe. */
public final class BufferPool {
    private static final int FIRST_BYTES = 4 << 10;

    private final long limit;
    private final ArrayDeque<FrameBuffer> free = new ArrayDeque<>();
    private long kept;

    /** @param limit the most bytes it keeps */
    public BufferPool(long limit) {
        this.limit = limit;
    }

    /** An empty buffer: the one given back last, or a new one. */
    public FrameBuffer take() {
        synchronized (this) {
            @Nullable FrameBuffer buffer = free.pollLast();
            if (buffer != null) {
                kept -= buffer.capacity();
                return buffer;
            }
        }
        return new FrameBuffer(FIRST_BYTES);
    }

    /** Gives a buffer back; it must not be used any more. */
    public synchronized void give(FrameBuffer buffer) {
        if (kept + buffer.capacity() <= limit) {
            buffer.clear();
            kept += buffer.capacity();
            free.addLast(buffer);
        }
    }
}
