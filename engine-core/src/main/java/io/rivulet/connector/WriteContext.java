package io.rivulet.connector;

/** Which task of which attempt a writer is for. Together with the query id it makes staged names unique. */
public record WriteContext(long batchId, int partition, int attempt) {}
