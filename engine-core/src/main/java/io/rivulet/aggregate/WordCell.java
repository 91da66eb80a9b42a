package io.rivulet.aggregate;

import io.rivulet.state.TableBucket;
import org.jspecify.annotations.Nullable;

/** A cell whose state is one word, so that runs of states are put together word by word. */
abstract class WordCell extends OneValueCell {
    WordCell(String name) {
        super(name);
    }

    /**
     * Puts states together.
     *
     * @param to where they go; may be one of the others
     * @param held a state each
     * @param added what is taken up into it
     */
    abstract void join(WordRun to, WordRun held, WordRun added, int count);

    @Override
    final void joinRuns(
            TableBucket bucket,
            int first,
            TableBucket held,
            int heldFirst,
            TableBucket added,
            int addedFirst,
            int count) {
        join(
                WordRun.of(bucket, column(), first),
                WordRun.of(held, column(), heldFirst),
                WordRun.of(added, column(), addedFirst),
                count);
    }

    /**
     * States put together in an array of their own.
     *
     * @param held null when there is nothing that {@code added} is taken up into
     * @param words where they go, from its start
     */
    final void joined(
            @Nullable TableBucket held, int heldFirst, TableBucket added, int addedFirst, int count, long[] words) {
        WordRun last = WordRun.of(added, column(), addedFirst);
        if (held == null) {
            System.arraycopy(last.words, last.first, words, 0, count);
        } else {
            join(new WordRun(words, 0), WordRun.of(held, column(), heldFirst), last, count);
        }
    }
}
