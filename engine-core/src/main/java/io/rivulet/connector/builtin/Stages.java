package io.rivulet.connector.builtin;

import io.rivulet.type.Schema;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few {@link StagedRows} for the threads that push, so that a push makes none. A thread looks where it has put its own
 * first, and takes another's or a new one when that is not there: nobody waits, and threads that end leave nothing
 * behind. Safe for several threads.
 */
final class Stages {
    private static final int SLOTS = 8;
    /** Slots lie so far apart that threads do not pull each other's from their caches. */
    private static final int STRIDE = 32;

    private final Schema schema;
    private final AtomicReferenceArray<@Nullable StagedRows> slots = new AtomicReferenceArray<>(SLOTS * STRIDE);

    Stages(Schema schema) {
        this.schema = schema;
    }

    /** One without rows, the caller's own until it is given back. */
    StagedRows take() {
        int home = home();
        for (int i = 0; i < SLOTS; i++) {
            int slot = ((home + i) & (SLOTS - 1)) * STRIDE;
            if (slots.getPlain(slot) != null) {
                StagedRows free = slots.getAndSet(slot, null);
                if (free != null) {
                    return free;
                }
            }
        }
        return new StagedRows(schema);
    }

    /** Gives one back, whatever is in it. */
    void giveBack(StagedRows staged) {
        if (staged.large()) {
            return;
        }
        staged.clear();
        int home = home();
        for (int i = 0; i < SLOTS; i++) {
            if (slots.compareAndSet(((home + i) & (SLOTS - 1)) * STRIDE, null, staged)) {
                return;
            }
        }
    }

    private static int home() {
        return (int) Thread.currentThread().getId() & (SLOTS - 1);
    }
}
