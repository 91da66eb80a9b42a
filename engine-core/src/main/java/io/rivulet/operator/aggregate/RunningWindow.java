package io.rivulet.operator.aggregate;

import io.rivulet.aggregate.GroupedAggregation;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.KeyBatch;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import io.rivulet.time.WindowSpec;
import io.rivulet.vector.ColumnVector;
import java.util.Arrays;

/**
 * The groups of one window, put together from the groups of its slices and moved on from window to window. Everything in
 * it is derived from the table of slices.
 *
 * <p>Nothing is ever subtracted, so sums of doubles do not drift, and extremes need no more than sums do. Event time is
 * cut into blocks of about a window each, at fixed places ({@link WindowSpec#blockStart}). A window covers the end of one
 * block and the beginning of the next:
 *
 * <pre>
 *   |  .  .  .  .  .  |  .  .  .  .  .  |      blocks of slices
 *            [ front  |  back  )               the window
 * </pre>
 *
 * <p><b>Front</b> has a row for every group of a slice of the older block: the group's state over this and all later
 * slices of the block. It is filled once, newest slice first, and each row knows the row of the same key in the next
 * slice that has it: when the window leaves a slice, the key goes on to that row. <b>Back</b> is one state per key, which
 * takes up the slices of the newer block as the window reaches them. A result is front, then back, so it depends on event
 * time alone, not on how rows came in batches or where a query was restarted. A slice is taken up twice in its life, once
 * into back and once into front, however many windows hold it.
 *
 * <p>Keys are numbered; the numbers are rows of {@link #keys}. Owned by one task.
 */
final class RunningWindow implements AutoCloseable {
    private static final int CHUNK = 1024;
    private static final int BYTES_PER_KEY = 4 + 1 + 8;
    private static final int BYTES_PER_FRONT_ROW = 4 + 8;
    private static final int BYTES_PER_PAIR = 5 * 4;

    private final WindowSpec window;
    private final StateTable slices;
    private final GroupedAggregation aggregation;
    private final MemoryPool memory;
    private final StateTable keyTable;
    private final StateTable frontTable;
    private final StateTable resultTable;
    private final KeyBatch keyBatch;
    private final KeyBatch sliceKeys;
    private final ChangedGroups changes = new ChangedGroups();
    private long changesBytes;

    /** A row per key; its values are those of back. */
    private TableBucket keys;

    private TableBucket front;
    private final TableBucket result;

    /** Per key: its first row of front in the window, or -1. Lags behind the window until the key is looked at. */
    private int[] head = new int[0];

    private boolean[] inBack = new boolean[0];
    /** Per key: the last slice before the window's end that it has changed in; used when only changes are wanted. */
    private long[] changedAt = new long[0];

    private int knownKeys;
    /** Per row of front: the row of the same key in the next slice that has it, or -1. */
    private int[] nextRow = new int[0];
    /** Per row of front: its slice. */
    private long[] sliceOfRow = new long[0];

    private boolean onlyChanged;
    private boolean positioned;
    private long start;
    /** Where front ends and back begins. */
    private long boundary;
    /** Slices before this one are in back. */
    private long backEnd;

    private int builtFrontRows;
    /** Keys whose slices have changed since they were taken up, each once. */
    private int[] stale = new int[0];

    private int staleCount;
    private boolean[] isStale = new boolean[0];

    private int[] ids = new int[0];
    private int[] rows = new int[0];
    private int[] into = new int[0];
    private int[] from = new int[0];
    private int[] ascending = new int[0];

    /**
     * @param slices the state: a bucket per slice
     * @param parent where what it holds is counted
     * @param vectorSize the most keys of a result
     */
    RunningWindow(
            Grouping grouping,
            WindowSpec window,
            GroupedAggregation aggregation,
            StateTable slices,
            MemoryPool parent,
            int vectorSize) {
        this.window = window;
        this.slices = slices;
        this.aggregation = aggregation;
        this.memory = parent.child(grouping.operatorId() + " windows");
        this.keyTable = new StateTable(slices.spec(), memory);
        this.frontTable = new StateTable(slices.spec(), memory);
        this.resultTable = new StateTable(slices.spec(), memory);
        this.keyBatch = new KeyBatch(grouping.keyCount());
        this.sliceKeys = new KeyBatch(grouping.keyCount());
        this.keys = keyTable.bucket(0);
        this.front = frontTable.bucket(0);
        this.result = resultTable.bucket(0);
        result.append(vectorSize);
        ensurePairs(Math.max(CHUNK, vectorSize));
    }

    // ------------------------------------------------------------------ what to look at

    /** Forgets everything; all keys count from now on. */
    void clear() {
        onlyChanged = false;
        positioned = false;
        forgetKeys();
    }

    private void forgetKeys() {
        keyTable.dropThrough(0);
        keys = keyTable.bucket(0);
        knownKeys = 0;
    }

    /** Forgets everything; from now on only keys that have changed in this batch count, and in a window that has them. */
    ChangedGroups restrictToChanges() {
        clear();
        changes.clear();
        for (int b = 0; b < slices.bucketCount(); b++) {
            TableBucket bucket = slices.bucketAt(b);
            if (bucket.changedCount() == 0) {
                continue;
            }
            changes.slice(slices.bucketId(b));
            int first = 0;
            while (true) {
                int count = changedKeys(bucket, first);
                if (count == 0) {
                    break;
                }
                first = rows[count - 1] + 1;
                changes.add(ids, count);
            }
        }
        memory.reserve(changes.bytes() - changesBytes);
        changesBytes = changes.bytes();
        onlyChanged = true;
        Arrays.fill(changedAt, 0, knownKeys, Long.MIN_VALUE);
        ensurePairs(knownKeys);
        keyBatch.load(keys, ascending, knownKeys);
        return changes;
    }

    /** The next changed rows of a slice, in {@link #rows}, and their keys, in {@link #ids}. */
    private int changedKeys(TableBucket bucket, int first) {
        int count = bucket.changedRows(first, rows);
        if (count > 0) {
            keyBatch.load(bucket, rows, count);
            keys.locate(keyBatch, null, count, ids);
            noteNewKeys();
        }
        return count;
    }

    /**
     * Notes what has changed in this batch in slices that have been taken up already: rows that are old, but not late.
     * Their keys are put together anew when the window moves next.
     */
    void noteChanges() {
        if (!positioned) {
            return;
        }
        for (int b = slices.indexFrom(start); b < slices.bucketCount() && slices.bucketId(b) < backEnd; b++) {
            TableBucket bucket = slices.bucketAt(b);
            if (bucket.changedCount() == 0) {
                continue;
            }
            int first = 0;
            while (true) {
                int count = changedKeys(bucket, first);
                if (count == 0) {
                    break;
                }
                first = rows[count - 1] + 1;
                noteStale(count);
            }
        }
    }

    private void noteStale(int count) {
        if (isStale.length < knownKeys) {
            memory.reserve(5L * (head.length - isStale.length));
            isStale = Arrays.copyOf(isStale, head.length);
            stale = Arrays.copyOf(stale, head.length);
        }
        for (int i = 0; i < count; i++) {
            if (!isStale[ids[i]]) {
                isStale[ids[i]] = true;
                stale[staleCount++] = ids[i];
            }
        }
    }

    // ------------------------------------------------------------------ moving

    /** Takes up the window that starts there; cheapest when windows follow each other. */
    void moveTo(long windowStart) {
        long block = window.blockStart(windowStart);
        long newBoundary = windowStart == block ? block : window.blockEnd(block);
        boolean goesOn = positioned && windowStart >= start && newBoundary == boundary && !tooStale();
        start = windowStart;
        if (goesOn) {
            if (staleCount > 0) {
                foldStale();
            }
        } else {
            rebuild(newBoundary);
        }
        long end = window.end(windowStart);
        int b = slices.indexFrom(backEnd);
        for (; b < slices.bucketCount() && slices.bucketId(b) < end; b++) {
            takeAll(slices.bucketId(b), slices.bucketAt(b), false);
        }
        backEnd = Math.max(backEnd, end);
        if (onlyChanged) {
            changes.mark(end, changedAt);
        }
    }

    private void rebuild(long newBoundary) {
        frontTable.dropThrough(0);
        front = frontTable.bucket(0);
        forgetStale();
        if (onlyChanged) {
            keys.resetValues(ascending, knownKeys);
        } else {
            forgetKeys();
        }
        Arrays.fill(head, 0, knownKeys, -1);
        Arrays.fill(inBack, 0, knownKeys, false);
        for (int b = slices.indexFrom(newBoundary) - 1; b >= 0 && slices.bucketId(b) >= start; b--) {
            takeAll(slices.bucketId(b), slices.bucketAt(b), true);
        }
        builtFrontRows = front.size();
        boundary = newBoundary;
        backEnd = newBoundary;
        positioned = true;
    }

    private void takeAll(long slice, TableBucket bucket, boolean intoFront) {
        if (onlyChanged && knownKeys <= bucket.size()) {
            bucket.find(keyBatch, null, knownKeys, rows);
            take(slice, bucket, found(ascending, knownKeys), intoFront);
            return;
        }
        for (int first = 0; first < bucket.size(); first += CHUNK) {
            int count = Math.min(CHUNK, bucket.size() - first);
            for (int i = 0; i < count; i++) {
                from[i] = first + i;
            }
            take(slice, bucket, onlyChanged ? knownAmong(bucket, count) : number(bucket, count), intoFront);
        }
    }

    /** Numbers the keys of the rows in {@link #from}; leaves rows and numbers in {@link #rows} and {@link #ids}. */
    private int number(TableBucket bucket, int count) {
        keyBatch.load(bucket, from, count);
        keys.locate(keyBatch, null, count, ids);
        noteNewKeys();
        System.arraycopy(from, 0, rows, 0, count);
        return count;
    }

    /** Those of the rows in {@link #from} whose keys are known; leaves them and their numbers as {@link #number} does. */
    private int knownAmong(TableBucket bucket, int count) {
        sliceKeys.load(bucket, from, count);
        keys.find(sliceKeys, null, count, into);
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (into[i] >= 0) {
                ids[found] = into[i];
                rows[found++] = from[i];
            }
        }
        return found;
    }

    /** Keeps those of the keys whose row in {@link #rows} was found; leaves both in {@link #rows} and {@link #ids}. */
    private int found(int[] candidates, int count) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (rows[i] >= 0) {
                ids[found] = candidates[i];
                rows[found++] = rows[i];
            }
        }
        return found;
    }

    /** Takes the groups {@link #rows} of a slice up for the keys {@link #ids}. */
    private void take(long slice, TableBucket bucket, int count, boolean intoFront) {
        if (!intoFront) {
            aggregation.merge(keys, ids, bucket, rows, count);
            for (int i = 0; i < count; i++) {
                inBack[ids[i]] = true;
            }
            return;
        }
        int first = front.append(count);
        ensureFrontRows(first + count);
        for (int i = 0; i < count; i++) {
            into[i] = first + i;
        }
        aggregation.merge(front, into, bucket, rows, count);
        int later = 0;
        for (int i = 0; i < count; i++) {
            int next = head[ids[i]];
            head[ids[i]] = first + i;
            nextRow[first + i] = next;
            sliceOfRow[first + i] = slice;
            if (next >= 0) {
                into[later] = first + i;
                from[later++] = next;
            }
        }
        aggregation.merge(front, into, front, from, later);
    }

    // ------------------------------------------------------------------ old rows

    /** Whether putting the stale keys together one by one costs more than taking everything up again. */
    private boolean tooStale() {
        if (staleCount == 0) {
            return false;
        }
        int inWindow = slices.indexFrom(backEnd) - slices.indexFrom(start);
        return staleCount * (long) inWindow > knownKeys + front.size() || front.size() > 2 * builtFrontRows + CHUNK;
    }

    private void foldStale() {
        ensurePairs(staleCount);
        keyBatch.load(keys, stale, staleCount);
        keys.resetValues(stale, staleCount);
        for (int i = 0; i < staleCount; i++) {
            head[stale[i]] = -1;
            inBack[stale[i]] = false;
        }
        int middle = slices.indexFrom(boundary);
        for (int b = middle - 1; b >= 0 && slices.bucketId(b) >= start; b--) {
            foldStale(b, true);
        }
        for (int b = middle; b < slices.bucketCount() && slices.bucketId(b) < backEnd; b++) {
            foldStale(b, false);
        }
        forgetStale();
    }

    private void foldStale(int b, boolean intoFront) {
        TableBucket bucket = slices.bucketAt(b);
        bucket.find(keyBatch, null, staleCount, rows);
        take(slices.bucketId(b), bucket, found(stale, staleCount), intoFront);
    }

    private void forgetStale() {
        for (int i = 0; i < staleCount; i++) {
            isStale[stale[i]] = false;
        }
        staleCount = 0;
    }

    // ------------------------------------------------------------------ giving out

    /**
     * The next keys of the window from a key on, ascending; if only changes are wanted, of those that have changed in it.
     *
     * @param selected filled from its start, as far as it goes
     * @return how many were found; fewer than {@code selected.length} means there are no more
     */
    int select(int first, int[] selected) {
        int count = 0;
        for (int id = first; id < knownKeys && count < selected.length; id++) {
            if (onlyChanged && changedAt[id] < start) {
                continue;
            }
            int row = head[id];
            if (row >= 0 && sliceOfRow[row] < start) {
                do {
                    row = nextRow[row];
                } while (row >= 0 && sliceOfRow[row] < start);
                head[id] = row;
            }
            if (row >= 0 || inBack[id]) {
                selected[count++] = id;
            }
        }
        return count;
    }

    /** A key column of selected keys (a copy). */
    ColumnVector key(int column, int[] selected, int count) {
        return keys.column(column, selected, count);
    }

    /** The results of selected keys, one column per aggregate (copies). */
    ColumnVector[] results(int[] selected, int count) {
        if (start == boundary) {
            return aggregation.results(keys, selected, count);
        }
        result.resetValues(ascending, count);
        int older = 0;
        for (int i = 0; i < count; i++) {
            int row = head[selected[i]];
            if (row >= 0) {
                into[older] = i;
                from[older++] = row;
            }
        }
        aggregation.merge(result, into, front, from, older);
        aggregation.merge(result, ascending, keys, selected, count);
        return aggregation.results(result, ascending, count);
    }

    // ------------------------------------------------------------------ arrays

    private void noteNewKeys() {
        int size = keys.size();
        if (size > head.length) {
            int length = Math.max(size, Math.max(CHUNK, 2 * head.length));
            memory.reserve((long) BYTES_PER_KEY * (length - head.length));
            head = Arrays.copyOf(head, length);
            inBack = Arrays.copyOf(inBack, length);
            changedAt = Arrays.copyOf(changedAt, length);
        }
        if (size > knownKeys) {
            Arrays.fill(head, knownKeys, size, -1);
            Arrays.fill(inBack, knownKeys, size, false);
            knownKeys = size;
        }
    }

    private void ensureFrontRows(int needed) {
        if (needed > nextRow.length) {
            int length = Math.max(needed, Math.max(CHUNK, 2 * nextRow.length));
            memory.reserve((long) BYTES_PER_FRONT_ROW * (length - nextRow.length));
            nextRow = Arrays.copyOf(nextRow, length);
            sliceOfRow = Arrays.copyOf(sliceOfRow, length);
        }
    }

    private void ensurePairs(int needed) {
        if (needed > ids.length) {
            int length = Math.max(needed, 2 * ids.length);
            memory.reserve((long) BYTES_PER_PAIR * (length - ids.length));
            ids = new int[length];
            rows = new int[length];
            into = new int[length];
            from = new int[length];
            ascending = new int[length];
            for (int i = 0; i < length; i++) {
                ascending[i] = i;
            }
        }
    }

    @Override
    public void close() {
        keyTable.close();
        frontTable.close();
        resultTable.close();
        memory.close();
    }
}
