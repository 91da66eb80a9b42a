package io.rivulet.connector.builtin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The futures of pushed rows, in the order of their last rows. Guarded by its owner's lock. */
final class IngestCompletions {
    /** A future for the rows from a number up to another. */
    record Waiting(long from, long to, CompletableFuture<Void> future) {}

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    void add(long from, long to, CompletableFuture<Void> future) {
        waiting.add(new Waiting(from, to, future));
    }

    /** Takes the futures whose rows all lie before a number. */
    List<Waiting> takeBefore(long end) {
        List<Waiting> taken = new ArrayList<>();
        Waiting next = waiting.peek();
        while (next != null && next.to() <= end) {
            taken.add(waiting.remove());
            next = waiting.peek();
        }
        return taken;
    }

    /** Takes the futures of which any row lies before a number. */
    List<Waiting> takeBegunBefore(long end) {
        List<Waiting> taken = new ArrayList<>();
        Iterator<Waiting> all = waiting.iterator();
        while (all.hasNext()) {
            Waiting next = all.next();
            if (next.from() < end) {
                taken.add(next);
                all.remove();
            }
        }
        return taken;
    }
}
