package io.rivulet.operator.aggregate;

import io.rivulet.memory.MemoryPool;
import io.rivulet.state.KeyBatch;
import io.rivulet.state.KeyHash;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import io.rivulet.vector.ColumnVector;
import java.util.Arrays;

/**
 * From the numbers that keys have in another task's table to those they have in this partition's. A key is hashed and
 * looked up once, and found by its number from then on. Owned by the task of this partition; the other table is only
 * read.
 */
final class KeyMapping implements AutoCloseable {
    private static final int CHUNK = 1024;
    private static final int UNKNOWN = -1;
    private static final int ELSEWHERE = -1;

    private final StateTable from;
    private final StateTable to;
    private final int keyColumns;
    private final int partition;
    private final int partitions;
    private final KeyBatch keys;
    private final MemoryPool memory;
    private long fromNumbering;
    private long toNumbering;
    /** Numbers of the other table below this have been looked at. */
    private int known;
    /** Per number there: its place among those of this partition. */
    private int[] place = new int[0];

    private int[] own = new int[0];
    /** Per place: the number here, once a group with the key has come. */
    private int[] target = new int[0];

    private int ownCount;
    /** How many places have no number here. */
    private int unknown;

    private int[] rows = new int[CHUNK];
    private int[] places = new int[CHUNK];
    private int[] numbers = new int[CHUNK];
    private int reached;

    /**
     * @param keyColumns by which keys are distributed: all of both tables
     * @param parent where what it holds is counted
     */
    KeyMapping(StateTable from, StateTable to, int keyColumns, int partition, int partitions, MemoryPool parent) {
        this.memory = parent.child(to.spec().operator() + " keys of a task");
        this.from = from;
        this.to = to;
        this.keyColumns = keyColumns;
        this.partition = partition;
        this.partitions = partitions;
        this.keys = new KeyBatch(keyColumns);
        this.fromNumbering = from.numbering();
        this.toNumbering = to.numbering();
    }

    /** The other table. */
    StateTable from() {
        return from;
    }

    /** Takes up what has come since; needed before the groups of a batch are taken. */
    void update() {
        if (fromNumbering != from.numbering()) {
            fromNumbering = from.numbering();
            known = 0;
            ownCount = 0;
            unknown = 0;
        }
        if (toNumbering != to.numbering()) {
            toNumbering = to.numbering();
            Arrays.fill(target, 0, ownCount, UNKNOWN);
            unknown = ownCount;
        }
        int count = from.keyCount();
        if (place.length < count) {
            int length = Math.max(count, 2 * place.length);
            memory.reserve(4L * (length - place.length));
            place = Arrays.copyOf(place, length);
        }
        while (known < count) {
            int n = Math.min(CHUNK, count - known);
            for (int i = 0; i < n; i++) {
                numbers[i] = known + i;
            }
            load(n);
            long[] hashes = keys.hashes();
            for (int i = 0; i < n; i++) {
                boolean mine = partitions == 1 || KeyHash.partition(hashes[i], partitions) == partition;
                place[known + i] = mine ? addOwn(known + i) : ELSEWHERE;
            }
            known += n;
        }
    }

    private int addOwn(int number) {
        if (ownCount == own.length) {
            int length = Math.max(CHUNK, 2 * ownCount);
            memory.reserve(8L * (length - ownCount));
            own = Arrays.copyOf(own, length);
            target = Arrays.copyOf(target, length);
        }
        own[ownCount] = number;
        target[ownCount] = UNKNOWN;
        unknown++;
        return ownCount++;
    }

    private void load(int count) {
        ColumnVector[] columns = new ColumnVector[keyColumns];
        for (int k = 0; k < keyColumns; k++) {
            columns[k] = from.keyColumn(k, numbers, count);
        }
        keys.load(columns, count);
    }

    /** Goes to the beginning of a bucket of the other table. */
    void rewind() {
        reached = 0;
    }

    /**
     * The next rows of a bucket of the other table that belong to this partition: they are in {@link #rows}, the numbers
     * of their keys here in {@link #numbers}.
     *
     * @return how many there are; 0 when all have been given
     */
    int next(TableBucket bucket) {
        int count = 0;
        int end = bucket.isDense() ? ownCount : bucket.extent();
        while (count == 0 && reached < end) {
            int n = Math.min(CHUNK, end - reached);
            count = bucket.isDense() ? bucket.present(own, reached, reached + n, rows, places) : ownRows(bucket, n);
            reached += n;
        }
        boolean isNew = false;
        for (int i = 0; i < count; i++) {
            numbers[i] = target[places[i]];
            isNew |= numbers[i] == UNKNOWN;
        }
        if (isNew) {
            number(bucket, count);
        }
        return count;
    }

    /** Whether all keys of this partition have numbers here, so that {@link #nextPlaces} can be asked. */
    boolean knowsAll() {
        return unknown == 0;
    }

    /** Whether a dense bucket of the other table has any row that belongs to this partition. */
    boolean hasAny(TableBucket bucket) {
        for (int i = 0; i < ownCount; i++) {
            if (bucket.hasRowAt(own[i])) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #next} for a dense bucket, but with places that have no row among them. */
    int nextPlaces(TableBucket bucket) {
        int n = Math.min(CHUNK, ownCount - reached);
        while (n > 0 && own[reached + n - 1] >= bucket.extent()) {
            n--;
        }
        System.arraycopy(own, reached, rows, 0, n);
        System.arraycopy(target, reached, numbers, 0, n);
        reached += n;
        return n;
    }

    /** Those of the next rows of the bucket whose keys are of this partition. */
    private int ownRows(TableBucket bucket, int n) {
        for (int i = 0; i < n; i++) {
            rows[i] = reached + i;
        }
        bucket.numbers(rows, n, numbers);
        int count = 0;
        for (int i = 0; i < n; i++) {
            rows[count] = rows[i];
            places[count] = place[numbers[i]];
            count += places[count] == ELSEWHERE ? 0 : 1;
        }
        return count;
    }

    private void number(TableBucket bucket, int count) {
        bucket.numbers(rows, count, numbers);
        load(count);
        to.number(keys, count, numbers);
        for (int i = 0; i < count; i++) {
            unknown -= target[places[i]] == UNKNOWN ? 1 : 0;
            target[places[i]] = numbers[i];
        }
    }

    int[] rows() {
        return rows;
    }

    int[] numbers() {
        return numbers;
    }

    @Override
    public void close() {
        memory.close();
    }
}
