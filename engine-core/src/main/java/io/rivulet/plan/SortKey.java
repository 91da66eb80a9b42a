package io.rivulet.plan;

/** One column to sort by. */
public record SortKey(int column, boolean ascending, boolean nullsFirst) {}
