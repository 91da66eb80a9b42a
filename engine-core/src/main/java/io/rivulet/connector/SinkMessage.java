package io.rivulet.connector;

/**
 * What the writer of one task hands over for the commit of its batch: pure data, or data that can be encoded. It is
 * logged before the commit, so that the commit can be done again after a crash.
 */
public interface SinkMessage {
    /** The message as bytes, which {@link Sink#decode} reads again, maybe with a newer version. */
    byte[] encode();
}
