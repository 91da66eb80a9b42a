package io.rivulet.operator.aggregate;

import io.rivulet.memory.MemoryPool;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The groups that tasks before an exchange have handed over and that are taken slice by slice, all tasks' groups of a slice
 * one after the other: what is taken is used at once, while it is in the processor's cache. Owned by one task; the tables
 * are only read.
 */
final class PendingGroups implements AutoCloseable {
    private final StateTable table;
    private final GroupTable groups;
    private final int keyColumns;
    private final MemoryPool memory;
    /** One per task that has ever handed groups over. */
    private final List<KeyMapping> mappings = new ArrayList<>();
    /** Those of this batch, in the order of their tasks. */
    private final List<KeyMapping> waiting = new ArrayList<>();

    /** The next bucket of each. */
    private int[] reached = new int[4];

    /**
     * @param table where the groups go
     * @param groups takes them there
     * @param memory where what it holds is counted
     */
    PendingGroups(StateTable table, GroupTable groups, int keyColumns, MemoryPool memory) {
        this.table = table;
        this.groups = groups;
        this.keyColumns = keyColumns;
        this.memory = memory;
    }

    /** Takes a table up, whose groups wait from now on. It must stay as it is until they have been taken. */
    void add(StateTable from, int partition, int partitions) {
        if (reached.length == waiting.size()) {
            reached = Arrays.copyOf(reached, 2 * reached.length);
        }
        reached[waiting.size()] = 0;
        waiting.add(mappingOf(from, partition, partitions));
    }

    private KeyMapping mappingOf(StateTable from, int partition, int partitions) {
        for (KeyMapping mapping : mappings) {
            if (mapping.from() == from) {
                return mapping;
            }
        }
        KeyMapping mapping = new KeyMapping(from, table, keyColumns, partition, partitions, memory);
        mappings.add(mapping);
        return mapping;
    }

    /** The first slice that may have groups waiting; {@link Long#MAX_VALUE} when none has. */
    long nextSlice() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < waiting.size(); i++) {
            StateTable from = waiting.get(i).from();
            if (reached[i] < from.bucketCount()) {
                next = Math.min(next, from.bucketId(reached[i]));
            }
        }
        return next;
    }

    /** Takes all groups of the slices up to one, that one included. */
    void takeThrough(long last) {
        for (long slice = nextSlice(); slice <= last && slice != Long.MAX_VALUE; slice = nextSlice()) {
            for (int i = 0; i < waiting.size(); i++) {
                KeyMapping mapping = waiting.get(i);
                StateTable from = mapping.from();
                if (reached[i] < from.bucketCount() && from.bucketId(reached[i]) == slice) {
                    TableBucket source = from.bucketAt(reached[i]++);
                    groups.addGroups(table, slice, source, mapping);
                }
            }
        }
    }

    /** Takes all that is left. */
    void takeAll() {
        takeThrough(Long.MAX_VALUE);
        waiting.clear();
    }

    @Override
    public void close() {
        mappings.forEach(KeyMapping::close);
    }
}
