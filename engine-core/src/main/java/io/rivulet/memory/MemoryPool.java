package io.rivulet.memory;

import io.rivulet.error.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes that batches, tables and buffers hold, and refuses to go beyond a limit. Pools form a tree: the
 * engine's root, a child per query, a child per operator or buffer. Whoever is about to grow reserves first, so that a
 * refusal finds everything as it was. Thread-safe.
 */
public final class MemoryPool implements AutoCloseable {
    private static final int NAMED_HOLDERS = 3;

    private final String name;
    private final @Nullable MemoryPool parent;
    private final long limit;
    private final AtomicLong reserved = new AtomicLong();
    private final List<MemoryPool> children = new ArrayList<>();

    private MemoryPool(String name, @Nullable MemoryPool parent, long limit) {
        this.name = name;
        this.parent = parent;
        this.limit = limit;
    }

    /** A root that holds at most {@code limit} bytes. */
    public static MemoryPool root(String name, long limit) {
        return new MemoryPool(name, null, limit);
    }

    /** A pool whose reservations count in this one too. */
    public MemoryPool child(String childName) {
        MemoryPool child = new MemoryPool(childName, this, Long.MAX_VALUE);
        synchronized (children) {
            children.add(child);
        }
        return child;
    }

    /** The name given at creation. */
    public String name() {
        return name;
    }

    /** Bytes reserved in this pool and below it. */
    public long reserved() {
        return reserved.get();
    }

    /** The limit of the whole tree, in bytes. */
    public long limit() {
        return parent == null ? limit : Math.min(limit, parent.limit());
    }

    /**
     * Takes bytes, or throws {@code MEMORY_LIMIT} naming the largest holders, in which case nothing is taken.
     *
     * @param bytes zero or more
     */
    public void reserve(long bytes) {
        MemoryPool refusing = tryReserve(bytes);
        if (refusing != null) {
            throw ErrorCode.MEMORY_LIMIT.error("'" + name + "' needs " + bytes + " more bytes, but '" + refusing.name
                    + "' holds " + refusing.reserved() + " of " + refusing.limit + " bytes. Largest holders: "
                    + refusing.largest() + ". Give the JVM more heap (-Xmx) or raise the engine's memoryLimit, lower"
                    + " maxRowsPerTrigger, or bound the state with a watermark");
        }
    }

    private @Nullable MemoryPool tryReserve(long bytes) {
        if (reserved.addAndGet(bytes) > limit) {
            reserved.addAndGet(-bytes);
            return this;
        }
        MemoryPool refusing = parent == null ? null : parent.tryReserve(bytes);
        if (refusing != null) {
            reserved.addAndGet(-bytes);
        }
        return refusing;
    }

    /** Gives bytes back. */
    public void release(long bytes) {
        for (MemoryPool pool = this; pool != null; pool = pool.parent) {
            pool.reserved.addAndGet(-bytes);
        }
    }

    private String largest() {
        List<MemoryPool> leaves = new ArrayList<>();
        collectLeaves(leaves);
        leaves.sort(Comparator.comparingLong(MemoryPool::reserved).reversed());
        return String.join(
                ", ",
                leaves.stream()
                        .limit(NAMED_HOLDERS)
                        .map(p -> p.name + " " + p.reserved() + " bytes")
                        .toList());
    }

    private void collectLeaves(List<MemoryPool> leaves) {
        List<MemoryPool> below;
        synchronized (children) {
            below = List.copyOf(children);
        }
        if (below.isEmpty()) {
            leaves.add(this);
        }
        for (MemoryPool child : below) {
            child.collectLeaves(leaves);
        }
    }

    /** Gives back what is still reserved and leaves the tree. */
    @Override
    public void close() {
        release(reserved.get());
        if (parent != null) {
            synchronized (parent.children) {
                parent.children.remove(this);
            }
        }
    }
}
