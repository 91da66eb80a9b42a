package io.rivulet.streaming;

/**
 * What a query is doing now.
 *
 * @param message one sentence for people
 * @param dataAvailable whether the last look at the sources found new data
 * @param triggerActive whether a batch is being planned or run
 */
public record QueryStatus(String message, boolean dataAvailable, boolean triggerActive) {}
