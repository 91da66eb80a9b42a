package io.rivulet.connector.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The futures of pushed rows, in the order of their last rows: a ring of futures, each beside the numbers of its rows.
 * Those methods that take some out, or put one in, are called with the owner's lock, those that complete them without,
 * for what hangs on a future runs then.
 */
final class IngestCompletions {
    private static final int FIRST_ROOM = 16;

    private @Nullable CompletableFuture<Void>[] futures = ring(FIRST_ROOM);
    private long[] from = new long[FIRST_ROOM];
    private long[] to = new long[FIRST_ROOM];
    private int head;
    private int count;

    private volatile @Nullable Thread completing;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable CompletableFuture<Void>[] ring(int room) {
        return new CompletableFuture[room];
    }

    /** Puts in a future for the rows from a number up to another, which ascends. */
    void add(long first, long end, CompletableFuture<Void> future) {
        if (count == from.length) {
            grow();
        }
        int at = (head + count) & (from.length - 1);
        futures[at] = future;
        from[at] = first;
        to[at] = end;
        count++;
    }

    private void grow() {
        int room = 2 * count;
        @Nullable CompletableFuture<Void>[] longer = ring(room);
        long[] longerFrom = new long[room];
        long[] longerTo = new long[room];
        int tail = count - head;
        System.arraycopy(futures, head, longer, 0, tail);
        System.arraycopy(futures, 0, longer, tail, head);
        System.arraycopy(from, head, longerFrom, 0, tail);
        System.arraycopy(from, 0, longerFrom, tail, head);
        System.arraycopy(to, head, longerTo, 0, tail);
        System.arraycopy(to, 0, longerTo, tail, head);
        futures = longer;
        from = longerFrom;
        to = longerTo;
        head = 0;
    }

    /** Takes the futures whose rows all lie before a number. */
    List<CompletableFuture<Void>> takeBefore(long end) {
        int done = 0;
        while (done < count && to[(head + done) & (from.length - 1)] <= end) {
            done++;
        }
        List<CompletableFuture<Void>> taken = new ArrayList<>(done);
        for (int i = 0; i < done; i++) {
            taken.add(remove((head + i) & (from.length - 1)));
        }
        head = (head + done) & (from.length - 1);
        count -= done;
        return taken;
    }

    /** Takes the futures of which any row lies before a number. */
    List<CompletableFuture<Void>> takeBegunBefore(long end) {
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int at = (head + i) & (from.length - 1);
            CompletableFuture<Void> future = remove(at);
            if (from[at] < end) {
                taken.add(future);
            } else {
                int free = (head + kept++) & (from.length - 1);
                futures[free] = future;
                from[free] = from[at];
                to[free] = to[at];
            }
        }
        count = kept;
        return taken;
    }

    private CompletableFuture<Void> remove(int at) {
        CompletableFuture<Void> future = futures[at];
        futures[at] = null;
        if (future == null) {
            throw new AssertionError("no future at " + at);
        }
        return future;
    }

    /** Completes futures that were taken, in their order. */
    void complete(List<CompletableFuture<Void>> taken) {
        completing = Thread.currentThread();
        try {
            taken.forEach(future -> future.complete(null));
        } finally {
            completing = null;
        }
    }

    /** Fails futures that were taken, in their order. */
    void fail(List<CompletableFuture<Void>> taken, Throwable failure) {
        completing = Thread.currentThread();
        try {
            taken.forEach(future -> future.completeExceptionally(failure));
        } finally {
            completing = null;
        }
    }

    /** Whether a thread completes futures at the moment, so that what it does now hangs on one of them. */
    boolean isBy(Thread thread) {
        return completing == thread;
    }
}
