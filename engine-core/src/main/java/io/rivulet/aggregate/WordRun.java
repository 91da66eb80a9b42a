package io.rivulet.aggregate;

import io.rivulet.state.TableBucket;

/** The words of one state column of rows that lie one upon the other, in a dense bucket. */
final class WordRun {
    /** Where they lie, side by side. */
    final long[] words;

    /** The place of the first. */
    final int first;

    WordRun(long[] words, int first) {
        this.words = words;
        this.first = first;
    }

    /** A column of a dense bucket, from a row on. */
    static WordRun of(TableBucket bucket, int column, int row) {
        return new WordRun(bucket.words(), bucket.offset(column) + row);
    }
}
