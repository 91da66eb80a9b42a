package io.rivulet.connector;

/**
 * A source whose rows live in this process only, so that after a crash a range that was planned may be gone. Its rows
 * are then lost and the batch runs without them; everything else of {@link Source} holds. What is lost must be counted
 * and said.
 */
public interface VolatileSource extends Source {
    /**
     * How much of a planned range can still be read: asked once at a restart, after {@link #restore}, when a batch was
     * planned and not prepared. The batch then reads up to the offset given instead.
     *
     * @param start where the planned range begins
     * @param planned where it ends
     * @return {@code planned} when its rows are all there, or an offset before it; {@code start} when all are gone
     */
    Offset readable(Offset start, Offset planned);
}
