package io.rivulet.connector;

/**
 * A position in a source, as text of the source's own making (a JSON value is the custom). It is written to the log as
 * it is, so a newer source must understand the offsets of an older one.
 */
public record Offset(String text) {
    @Override
    public String toString() {
        return text;
    }
}
