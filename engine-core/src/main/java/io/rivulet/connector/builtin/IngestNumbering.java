package io.rivulet.connector.builtin;

import io.rivulet.connector.Offset;
import java.util.UUID;

/**
 * How the rows of a buffer are counted in the offsets of a checkpoint, and what is committed there. A session is the
 * time for which offsets are counted from the same base and no row that they count was given up. Guarded by the
 * buffer's lock.
 */
final class IngestNumbering {
    private String session = UUID.randomUUID().toString();
    private long base;
    private boolean known;
    private long committedPosition = IngestOffset.NO_POSITION;

    /** Whether a checkpoint, or that there is none, has been seen. */
    boolean known() {
        return known;
    }

    /** The host's position up to which everything is committed. */
    long committedPosition() {
        return committedPosition;
    }

    /** Goes on from a checkpoint; {@code first} is the number of the oldest row in the buffer. */
    void restore(IngestOffset committed, long first) {
        if (!committed.session().equals(session) && committed.rows() - first != base) {
            base = committed.rows() - first;
            newSession();
        }
        committedPosition = committed.position();
        known = true;
    }

    /** Goes on from a planned range that was put before the oldest row. */
    void takeBack(IngestOffset start, IngestOffset planned, long first) {
        base = start.rows() - first;
        session = planned.session(); // its offsets are good for this buffer now
        committed(planned.position());
    }

    void committed(long position) {
        committedPosition = Math.max(committedPosition, position);
    }

    void newSession() {
        session = UUID.randomUUID().toString();
    }

    boolean isOfSession(IngestOffset offset) {
        return offset.session().equals(session);
    }

    /** The number in the buffer of the first row behind an offset. */
    long number(IngestOffset offset) {
        return offset.rows() - base;
    }

    Offset offset(long number, long position) {
        return new IngestOffset(number + base, position, session).offset();
    }
}
