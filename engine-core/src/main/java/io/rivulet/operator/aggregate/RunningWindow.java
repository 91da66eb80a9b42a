package io.rivulet.operator.aggregate;

import io.rivulet.aggregate.GroupedAggregation;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.DenseRows;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import io.rivulet.time.WindowSpec;
import io.rivulet.vector.ColumnVector;
import java.util.Arrays;

/**
 * The groups of one window, put together from the groups of its slices and moved on from window to window. Everything in
 * it is derived from the table of slices, which numbers its keys.
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
 * <p>{@link Front} has, for every slice of the older block, the groups' states over this and all later slices of the
 * block; it is filled once, newest slice first. <b>Back</b> is one state per key, which takes up the slices of the newer
 * block as the window reaches them. A result is front, then back, so it depends on event time alone, not on how rows
 * came in batches or where a query was restarted. A slice is taken up twice in its life, once into back and once into
 * front, however many windows hold it.
 *
 * <p>Owned by one task.
 */
final class RunningWindow implements AutoCloseable {
    private static final int CHUNK = 1024;
    private static final int BYTES_PER_KEY = 8 + 2 * KeySet.BYTES_PER_KEY;
    private static final int BYTES_PER_PAIR = 2 * 4;

    private final WindowSpec window;
    private final StateTable slices;
    private final GroupedAggregation aggregation;
    private final MemoryPool memory;
    private final LinkedFront linkedFront;
    private final DenseFront denseFront;
    private final ChangedGroups changes = new ChangedGroups();
    private long changesBytes;

    private Front front;
    /** A row per key, at its number; a key without groups there has no row. */
    private final DenseRows back;

    private final WindowResults results;

    /** Per key: the last slice before the window's end that it has changed in; used when only changes are wanted. */
    private long[] changedAt = new long[0];

    private boolean onlyChanged;
    /** The keys that count when only changes are wanted. */
    private final KeySet changed = new KeySet();

    private boolean positioned;
    private long numbering;
    private long start;
    /** Where front ends and back begins. */
    private long boundary;
    /** Slices before this one are in back. */
    private long backEnd;

    private int builtFrontRows;
    /** Keys whose slices have changed since they were taken up. */
    private final KeySet stale = new KeySet();

    /** How many of the keys, or of those that count, have been looked at for giving out. */
    private int given;

    private int[] ids = new int[0];
    private int[] rows = new int[0];

    /**
     * @param slices the state: a bucket per slice; its keys are numbered
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
        this.back = new DenseRows(slices, memory);
        this.linkedFront = new LinkedFront(slices, aggregation, memory);
        this.denseFront = new DenseFront(slices, aggregation, memory);
        this.front = linkedFront;
        this.results = new WindowResults(slices, aggregation, grouping.keyCount(), memory, vectorSize);
        ensurePairs(Math.max(CHUNK, vectorSize));
    }

    // ------------------------------------------------------------------ what to look at

    /** Forgets everything; all keys count from now on. */
    void clear() {
        onlyChanged = false;
        positioned = false;
    }

    /** Forgets everything; from now on only keys that have changed in this batch count, and in a window that has them. */
    ChangedGroups restrictToChanges() {
        clear();
        onlyChanged = true;
        ensureKeys();
        changes.clear();
        changed.clear();
        for (int b = 0; b < slices.bucketCount(); b++) {
            TableBucket bucket = slices.bucketAt(b);
            if (bucket.changedCount() == 0) {
                continue;
            }
            changes.slice(slices.bucketId(b));
            int first = 0;
            int count;
            while ((count = changedKeys(bucket, first)) > 0) {
                first = rows[count - 1] + 1;
                changes.add(ids, count);
                changed.add(ids, count);
            }
        }
        memory.reserve(changes.bytes() - changesBytes);
        changesBytes = changes.bytes();
        ensurePairs(changed.count());
        for (int i = 0; i < changed.count(); i++) {
            changedAt[changed.keys()[i]] = Long.MIN_VALUE;
        }
        return changes;
    }

    /** The next changed rows of a slice, in {@link #rows}, and their keys, in {@link #ids}. */
    private int changedKeys(TableBucket bucket, int first) {
        int count = bucket.changedRows(first, rows);
        bucket.numbers(rows, count, ids);
        return count;
    }

    /** Slices up to this one have been taken up, if there are any. */
    long lastSliceTaken() {
        return positioned ? backEnd - 1 : Long.MIN_VALUE;
    }

    /**
     * Notes what has changed in this batch in slices that have been taken up already: rows that are old, but not late.
     * Their keys are put together anew when the window moves next.
     */
    void noteChanges() {
        if (numbering != slices.numbering()) {
            positioned = false;
        }
        if (!positioned) {
            return;
        }
        ensureKeys();
        for (int b = slices.indexFrom(start); b < slices.bucketCount() && slices.bucketId(b) < backEnd; b++) {
            TableBucket bucket = slices.bucketAt(b);
            if (bucket.changedCount() == 0) {
                continue;
            }
            int first = 0;
            int count;
            while ((count = changedKeys(bucket, first)) > 0) {
                first = rows[count - 1] + 1;
                stale.add(ids, count);
            }
        }
    }

    // ------------------------------------------------------------------ moving

    /** Takes up the window that starts there; cheapest when windows follow each other. */
    void moveTo(long windowStart) {
        long block = window.blockStart(windowStart);
        long newBoundary = windowStart == block ? block : window.blockEnd(block);
        boolean goesOn = positioned
                && numbering == slices.numbering()
                && windowStart >= start
                && newBoundary == boundary
                && !tooStale(windowStart);
        start = windowStart;
        given = 0;
        ensureKeys();
        if (goesOn) {
            if (stale.count() > 0) {
                foldStale();
            }
        } else {
            rebuild(newBoundary);
        }
        long end = window.end(windowStart);
        for (int b = slices.indexFrom(backEnd); b < slices.bucketCount() && slices.bucketId(b) < end; b++) {
            takeAll(slices.bucketAt(b), false);
        }
        backEnd = Math.max(backEnd, end);
        if (onlyChanged) {
            changes.mark(end, changedAt);
        }
    }

    private void rebuild(long newBoundary) {
        stale.clear();
        int first = slices.indexFrom(start);
        int end = slices.indexFrom(newBoundary);
        useFront(isDense(first, end) ? denseFront : linkedFront);
        if (onlyChanged) {
            forget(changed);
            front.clear(slices.keyCount(), changed.keys(), changed.count());
        } else {
            back.forgetAll();
            front.clear(slices.keyCount(), ids, -1);
        }
        for (int b = end - 1; b >= first; b--) {
            TableBucket bucket = slices.bucketAt(b);
            if (front == denseFront && bucket.isDense()) {
                denseFront.open(slices.bucketId(b), bucket);
            } else {
                front.open(slices.bucketId(b), ids, -1);
                takeAll(bucket, true);
            }
        }
        builtFrontRows = front.size();
        boundary = newBoundary;
        backEnd = newBoundary;
        numbering = slices.numbering();
        positioned = true;
    }

    private void useFront(Front chosen) {
        if (front != chosen) {
            front.states.clear();
            front = chosen;
        }
    }

    /** Whether slices have groups for most of the keys. */
    private boolean isDense(int first, int end) {
        if (onlyChanged || !slices.hasFixedWidth()) {
            return false;
        }
        long groups = 0;
        for (int b = first; b < end; b++) {
            groups += slices.bucketAt(b).size();
        }
        return 2 * groups >= (long) slices.keyCount() * (end - first);
    }

    private void forget(KeySet keys) {
        back.forget(keys.keys(), keys.count());
    }

    private void takeAll(TableBucket bucket, boolean intoFront) {
        if (onlyChanged && changed.count() <= bucket.size()) {
            takeOf(changed, bucket, intoFront);
            return;
        }
        if (!onlyChanged && !intoFront && bucket.isDense() && slices.hasFixedWidth()) {
            TableBucket states = back.bucket();
            back.joinPresent(0, states, 0, bucket, 0, bucket.extent());
            aggregation.joinRuns(states, 0, states, 0, bucket, 0, bucket.extent());
            return;
        }
        int first = 0;
        int count;
        while ((count = bucket.rows(first, rows)) > 0) {
            first = rows[count - 1] + 1;
            bucket.numbers(rows, count, ids);
            take(bucket, onlyChanged ? keepChanged(count) : count, intoFront);
        }
    }

    /** Takes up the groups that a slice has for some keys. */
    private void takeOf(KeySet keys, TableBucket bucket, boolean intoFront) {
        bucket.find(keys.keys(), keys.count(), rows);
        int found = 0;
        for (int i = 0; i < keys.count(); i++) {
            if (rows[i] >= 0) {
                ids[found] = keys.keys()[i];
                rows[found++] = rows[i];
            }
        }
        take(bucket, found, intoFront);
    }

    /** Keeps those of the rows and keys whose keys have changed. */
    private int keepChanged(int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (changed.has(ids[i])) {
                ids[kept] = ids[i];
                rows[kept++] = rows[i];
            }
        }
        return kept;
    }

    /** Takes the groups {@link #rows} of a slice up for the keys {@link #ids}. */
    private void take(TableBucket bucket, int count, boolean intoFront) {
        if (intoFront) {
            front.take(bucket, rows, ids, count);
            return;
        }
        back.setPresent(ids, count);
        aggregation.merge(back.bucket(), ids, bucket, rows, count);
    }

    // ------------------------------------------------------------------ old rows

    /** Whether the stale keys cannot be put together one by one, or that costs more than taking everything up again. */
    private boolean tooStale(long from) {
        if (stale.count() == 0) {
            return false;
        }
        int first = slices.indexFrom(from);
        if (front == denseFront && !denseFront.covers(slices, first, slices.indexFrom(boundary))) {
            return true;
        }
        int inWindow = slices.indexFrom(backEnd) - first;
        return stale.count() * (long) inWindow > slices.keyCount() + front.size()
                || front.size() > 2 * builtFrontRows + CHUNK;
    }

    private void foldStale() {
        ensurePairs(stale.count());
        forget(stale);
        front.forget(stale.keys(), stale.count());
        int first = slices.indexFrom(start);
        int middle = slices.indexFrom(boundary);
        for (int b = middle - 1; b >= first; b--) {
            front.open(slices.bucketId(b), stale.keys(), stale.count());
            takeOf(stale, slices.bucketAt(b), true);
        }
        for (int b = middle; b < slices.bucketCount() && slices.bucketId(b) < backEnd; b++) {
            takeOf(stale, slices.bucketAt(b), false);
        }
        stale.clear();
    }

    // ------------------------------------------------------------------ giving out

    /**
     * Puts the results of the next keys together that the window has groups of; if only changes are wanted, of those that
     * have changed in it.
     *
     * @param selected filled with their numbers from its start, as far as it goes
     * @return how many there are; 0 when all have been given
     */
    int next(int[] selected) {
        int candidates = onlyChanged ? changed.count() : slices.keyCount();
        boolean runs = !onlyChanged && results.joinsRuns() && (front == denseFront || start == boundary);
        int count = 0;
        while (count == 0 && given < candidates) {
            int n = Math.min(selected.length, candidates - given);
            if (runs) {
                boolean inFront = start != boundary && given < denseFront.extent();
                n = inFront ? Math.min(n, denseFront.extent() - given) : n;
                count = results.ofRun(inFront ? denseFront : null, start, back, given, n, selected);
            } else {
                int chosen = choose(given, n, selected);
                count = results.of(start == boundary ? null : front, start, back, chosen, selected);
            }
            given += n;
        }
        return count;
    }

    /** The keys that may have a result, of the next {@code n} there are. */
    private int choose(int first, int n, int[] selected) {
        int count = 0;
        for (int i = first; i < first + n; i++) {
            int key = onlyChanged ? changed.keys()[i] : i;
            selected[count] = key;
            count += !onlyChanged || changedAt[key] >= start ? 1 : 0;
        }
        return count;
    }

    /** The key columns of the keys that {@link #next} selected last. */
    ColumnVector[] keys(int[] selected, int count) {
        return results.keys(selected, count, !onlyChanged);
    }

    /** The results of the keys that {@link #next} selected last, one column per aggregate (copies). */
    ColumnVector[] results(int count) {
        return results.results(count);
    }

    // ------------------------------------------------------------------ arrays

    /** Has a row of back, and what else there is per key, for every numbered key. */
    private void ensureKeys() {
        int keys = slices.keyCount();
        if (keys > changedAt.length) {
            int length = Math.max(keys, Math.max(CHUNK, 2 * changedAt.length));
            memory.reserve((long) BYTES_PER_KEY * (length - changedAt.length));
            changedAt = Arrays.copyOf(changedAt, length);
            stale.ensureRoom(length);
            changed.ensureRoom(length);
        }
        if (keys > back.size()) {
            back.append(keys - back.size());
        }
    }

    private void ensurePairs(int needed) {
        if (needed > ids.length) {
            int length = Math.max(needed, 2 * ids.length);
            memory.reserve((long) BYTES_PER_PAIR * (length - ids.length));
            ids = new int[length];
            rows = new int[length];
        }
    }

    @Override
    public void close() {
        back.close();
        results.close();
        linkedFront.close();
        denseFront.close();
        memory.close();
    }
}
