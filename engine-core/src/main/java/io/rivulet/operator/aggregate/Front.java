package io.rivulet.operator.aggregate;

import io.rivulet.aggregate.GroupedAggregation;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.DenseRows;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;

/**
 * The older block of a {@link RunningWindow}: for each of its slices, the groups' states over this slice and all later
 * ones of the block. It is filled from the newest slice to the oldest, and the window walks the other way. Owned by one
 * task.
 */
abstract class Front implements AutoCloseable {
    final GroupedAggregation aggregation;
    final MemoryPool memory;
    final DenseRows states;

    Front(StateTable slices, GroupedAggregation aggregation, MemoryPool memory) {
        this.aggregation = aggregation;
        this.memory = memory;
        this.states = new DenseRows(slices, memory);
    }

    /** Rows held. */
    final int size() {
        return states.size();
    }

    /**
     * Begins anew, with nothing in it.
     *
     * @param keys the numbers of keys are below this
     * @param only the keys that will be put in and looked at; when {@code count} is negative, all keys may be
     */
    abstract void clear(int keys, int[] only, int count);

    /** Forgets some keys, which are put in again slice by slice, from the newest slice to the oldest. */
    abstract void forget(int[] keys, int count);

    /**
     * Begins the next older slice.
     *
     * @param only the keys that will be put in again after {@link #forget}; when {@code count} is negative, all keys are
     */
    abstract void open(long slice, int[] only, int count);

    /** Takes groups of the slice that was opened into the states of their keys, each at most once. */
    abstract void take(TableBucket bucket, int[] rows, int[] keys, int count);

    /**
     * Finds the states of keys over the window's part of the block; windows ascend from call to call.
     *
     * @param rows filled with rows of {@link #states}, or -1 where a key has none
     */
    abstract void find(long windowStart, int[] keys, int count, int[] rows);

    @Override
    public void close() {
        states.close();
    }
}
