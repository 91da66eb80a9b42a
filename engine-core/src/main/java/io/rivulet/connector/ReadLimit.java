package io.rivulet.connector;

/**
 * How much of a source one batch may take. A source stops at the first limit it reaches, but always goes on by at least
 * one row, so that a limit never stops a query.
 */
public record ReadLimit(long maxRows, long maxBytes, long maxFiles) {
    /** No limit: what {@code Trigger.once} asks for. */
    public static final ReadLimit ALL = new ReadLimit(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    /** The smaller of both, limit by limit. */
    public ReadLimit and(ReadLimit other) {
        return new ReadLimit(
                Math.min(maxRows, other.maxRows),
                Math.min(maxBytes, other.maxBytes),
                Math.min(maxFiles, other.maxFiles));
    }
}
