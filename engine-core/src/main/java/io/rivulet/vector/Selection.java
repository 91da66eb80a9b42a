package io.rivulet.vector;

/**
 * The rows of a batch that are still in it after a filter: ascending row numbers. The array is shared and may be longer
 * than {@link #count}.
 */
public record Selection(int[] rows, int count) {}
