package io.rivulet.streaming;

/**
 * Where a query is in its life.
 *
 * <pre>
 * CREATED → STARTING → RUNNING → STOPPING → TERMINATED
 *               │          ├──────────────→ TERMINATED   (its trigger ended)
 *               └──────────┴──────────────→ FAILED
 * </pre>
 */
enum QueryState {
    CREATED,
    STARTING,
    RUNNING,
    STOPPING,
    TERMINATED,
    FAILED;

    boolean canBecome(QueryState next) {
        return switch (this) {
            case CREATED -> next == STARTING || next == TERMINATED;
            case STARTING -> next != CREATED && next != STARTING;
            case RUNNING -> next == STOPPING || next.ended();
            case STOPPING -> next == TERMINATED || next == FAILED;
            case TERMINATED, FAILED -> false;
        };
    }

    boolean ended() {
        return this == TERMINATED || this == FAILED;
    }
}
