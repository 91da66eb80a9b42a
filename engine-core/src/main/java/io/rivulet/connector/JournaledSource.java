package io.rivulet.connector;

import java.util.List;

/**
 * A source whose rows the checkpoint's log carries, because nobody else keeps them: they are logged before the plan of
 * their batch and become durable with it, and a batch that was planned and not prepared is run again with them. Needs a
 * checkpoint.
 */
public interface JournaledSource extends Source {
    /**
     * The rows of a range as bytes, in order, in pieces that are small against memory. Called once per batch, between
     * {@link #latest} and {@link #splits}; iterated once, before any other call.
     */
    Iterable<byte[]> journal(Offset start, Offset end);

    /**
     * Takes back rows, so that {@link #splits} can be asked for their range. Called once at a restart, after
     * {@link #restore}, when a batch was planned and not prepared.
     *
     * @param start where the planned range begins
     * @param planned where it ends
     * @param rows what {@link #journal} gave for it; empty when it was planned without a journal
     */
    void takeBack(Offset start, Offset planned, List<byte[]> rows);
}
