package io.rivulet.state;

import io.rivulet.error.ErrorCode;
import io.rivulet.memory.MemoryPool;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A table of keyed rows in time buckets: each bucket is a packed hash table of its own ({@link TableBucket}), so that a
 * bucket leaves at once when the watermark has passed it. Window state has a bucket per slice; state without time has
 * the one bucket {@link #TIMELESS}.
 *
 * <p>A table may <b>number its keys</b>: then a key is looked up and kept once for all buckets, and buckets hold numbers.
 * That is for buckets which have the same keys again and again, as the slices of sliding windows do.
 *
 * <p>Remembers what has changed since {@link #clearChanges}, for the log and for update mode. Owned by one task.
 */
public final class StateTable implements AutoCloseable {
    /** The bucket of state that no watermark evicts. */
    public static final long TIMELESS = Long.MAX_VALUE;

    private static final int CHUNK_ROWS = 4096;
    /** Buckets that have left are kept for use again up to this many bytes, and one however large it is. */
    private static final long SPARE_BYTES = 4L << 20;
    /** So many keys without a row do no harm. */
    private static final int FEW_KEYS = 4096;
    /** A table without rows keeps so many times the keys it had rows for last. */
    private static final int WASTE = 4;
    /** Keys without a row are looked for once there may be one for so many rows. */
    private static final int ROWS_PER_KEY = 8;

    private final TableSpec spec;
    private final Schema schema;
    private final RowLayout layout;
    private final @Nullable KeyNumbers numbers;
    private final MemoryPool parent;
    private final MemoryPool memory;
    private long[] ids = new long[4];
    private TableBucket[] buckets = new TableBucket[4];
    private int count;
    private long[] dropped = new long[4];
    private int droppedCount;
    private @Nullable TableBucket last;
    private long lastId;
    /** Empty buckets to be used again, the one that left last at the end. */
    private TableBucket[] spares = new TableBucket[4];

    private int spareCount;
    private long spareBytes;
    private boolean alwaysDense;
    /** Whether a bucket of those that left last had most of the keys. */
    private boolean wasDense;
    /** Keys there were when those without a row were last forgotten. */
    private int keysKept;

    private long numbering;

    /** An empty table; closing it gives back what it reserved in {@code memory}. */
    public StateTable(TableSpec spec, MemoryPool memory) {
        this(spec, memory, false);
    }

    private StateTable(TableSpec spec, MemoryPool parent, boolean numbersKeys) {
        this.spec = spec;
        this.schema = spec.schema();
        this.parent = parent;
        this.memory = parent.child(spec.operator());
        this.layout = numbersKeys ? RowLayout.numbered(spec) : new RowLayout(spec);
        this.numbers = numbersKeys ? new KeyNumbers(spec, memory) : null;
    }

    /** An empty table that numbers its keys. */
    public static StateTable withNumberedKeys(TableSpec spec, MemoryPool memory) {
        return new StateTable(spec, memory, true);
    }

    /** An empty table of the same kind, which reserves in the same pool. */
    public StateTable emptyTwin() {
        return new StateTable(spec, parent, numbers != null);
    }

    /** An empty table whose buckets lie as dense ones of this one, without keys. */
    StateTable denseTwin(MemoryPool pool) {
        StateTable twin = new StateTable(spec, pool, true);
        twin.alwaysDense = true;
        return twin;
    }

    /** What it holds. */
    public TableSpec spec() {
        return spec;
    }

    /** Buckets that are there. */
    public int bucketCount() {
        return count;
    }

    /** The id of the i-th bucket; ids ascend. */
    public long bucketId(int i) {
        return ids[i];
    }

    /** The i-th bucket. */
    public TableBucket bucketAt(int i) {
        return buckets[i];
    }

    /** The place of the first bucket at or behind an id; {@link #bucketCount} when there is none. */
    public int indexFrom(long id) {
        int at = Arrays.binarySearch(ids, 0, count, id);
        return at < 0 ? -at - 1 : at;
    }

    /** Whether it numbers its keys. */
    public boolean numbersKeys() {
        return numbers != null;
    }

    /** How many keys are numbered, or have been and are not forgotten yet; numbers are below this. */
    public int keyCount() {
        return numbers().size();
    }

    private KeyNumbers numbers() {
        if (numbers == null) {
            throw ErrorCode.INTERNAL.error("the keys of '" + spec.operator() + "' have no numbers");
        }
        return numbers;
    }

    /** Changes when keys are numbered anew; numbers from before mean nothing then. */
    public long numbering() {
        return numbering;
    }

    /**
     * Finds the numbers of keys, and numbers those that are new.
     *
     * @param keyNumbers filled with the numbers of the first {@code count}
     */
    public void number(KeyBatch keys, int count, int[] keyNumbers) {
        numbers().locate(keys, null, count, keyNumbers);
    }

    /** Whether no value has bytes outside its row. */
    public boolean hasFixedWidth() {
        return layout.fixedWidth;
    }

    /** A key column for numbers of keys (a copy). */
    public ColumnVector keyColumn(int column, int[] keyNumbers, int count) {
        return numbers().column(column, keyNumbers, count);
    }

    /** The bucket with an id, made if it is missing. */
    public TableBucket bucket(long id) {
        TableBucket recent = last;
        if (recent != null && lastId == id) {
            return recent;
        }
        int at = Arrays.binarySearch(ids, 0, count, id);
        if (at < 0) {
            at = -at - 1;
            insert(at, id);
        }
        last = buckets[at];
        lastId = id;
        return buckets[at];
    }

    private void insert(int at, long id) {
        boolean densely = alwaysDense || (count == 0 ? wasDense : buckets[Math.max(0, at - 1)].hasMostKeys());
        TableBucket bucket;
        if (spareCount == 0) { // first: it may be refused
            bucket = new TableBucket(layout, memory, numbers, densely, at == 0 ? null : buckets[at - 1]);
        } else {
            bucket = takeSpare();
            bucket.reset(densely); // not when it left: now its rows come into the cache
        }
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, count * 2);
            buckets = Arrays.copyOf(buckets, count * 2);
        }
        System.arraycopy(ids, at, ids, at + 1, count - at);
        System.arraycopy(buckets, at, buckets, at + 1, count - at);
        ids[at] = id;
        buckets[at] = bucket;
        count++;
    }

    /**
     * Drops every bucket up to an id, that one included.
     *
     * @return how many rows have gone
     */
    public long dropThrough(long lastDropped) {
        int gone = 0;
        long rows = 0;
        boolean anyDense = false;
        while (gone < count && ids[gone] <= lastDropped) {
            rows += buckets[gone].size();
            anyDense |= buckets[gone].hasMostKeys();
            rememberDrop(gone);
            retire(buckets[gone]);
            gone++;
        }
        if (gone > 0) {
            System.arraycopy(ids, gone, ids, 0, count - gone);
            System.arraycopy(buckets, gone, buckets, 0, count - gone);
            Arrays.fill(buckets, count - gone, count, null);
            count -= gone;
            last = null;
            wasDense = anyDense;
            if (numbers != null && count == 0 && numbers.size() > FEW_KEYS + rows * WASTE) {
                numbers.clear();
                keysKept = 0;
                numbering++;
            }
        }
        return rows;
    }

    /**
     * Keeps buckets that have left for those that come, because the slices of a stream are alike: the largest, and
     * others as long as they are small together. One that was far too large for its rows is not kept, or every small
     * batch after a burst would pay for emptying it.
     */
    private void retire(TableBucket bucket) {
        long bytes = bucket.capacityBytes();
        boolean full = spareCount > 0 && spareBytes + bytes > SPARE_BYTES;
        if (bucket.isMostlyRoom() || (full && spares[spareCount - 1].capacityBytes() >= bytes)) {
            bucket.release();
            return;
        }
        if (full) {
            takeSpare().release();
        }
        if (spareCount == spares.length) {
            spares = Arrays.copyOf(spares, 2 * spareCount);
        }
        spares[spareCount++] = bucket;
        spareBytes += bytes;
    }

    @SuppressWarnings("NullAway") // free places of an array are null
    private TableBucket takeSpare() {
        TableBucket bucket = spares[--spareCount];
        spares[spareCount] = null;
        spareBytes -= bucket.capacityBytes();
        return bucket;
    }

    private void rememberDrop(int i) {
        if (buckets[i].isNew()) {
            return; // opened and closed within one batch: nobody needs to know
        }
        if (droppedCount == dropped.length) {
            dropped = Arrays.copyOf(dropped, droppedCount * 2);
        }
        dropped[droppedCount++] = ids[i];
    }

    /** Throws every row away, as if the table were new. */
    public void clear() {
        for (int i = 0; i < count; i++) {
            buckets[i].release();
            buckets[i] = null;
        }
        count = 0;
        droppedCount = 0;
        last = null;
        if (numbers != null) {
            numbers.clear();
            keysKept = 0;
            numbering++;
        }
    }

    /** Rows in all buckets. */
    public long rowCount() {
        long rows = 0;
        for (int i = 0; i < count; i++) {
            rows += buckets[i].size();
        }
        return rows;
    }

    /** Rows that have changed since {@link #clearChanges}; rows that have left do not count. */
    public long changedCount() {
        long changed = 0;
        for (int i = 0; i < count; i++) {
            changed += buckets[i].changedCount();
        }
        return changed;
    }

    /** Bytes held. */
    public long memoryBytes() {
        return memory.reserved();
    }

    /** Gives the changes since {@link #clearChanges}: drops first, then rows in chunks. Batches are valid for ever. */
    public void forEachChange(Consumer<TableChange> consumer) {
        for (int i = 0; i < droppedCount; i++) {
            consumer.accept(new TableChange.DropBucket(dropped[i]));
        }
        for (int i = 0; i < count; i++) {
            TableBucket bucket = buckets[i];
            int[] rows = new int[Math.min(CHUNK_ROWS, bucket.changedCount())];
            int from = 0;
            while (true) {
                int n = bucket.changedRows(from, rows);
                if (n == 0) {
                    break;
                }
                consumer.accept(new TableChange.PutRows(ids[i], rows(bucket, rows, n)));
                from = rows[n - 1] + 1;
            }
        }
    }

    /** The given rows of a bucket as a batch of the table's schema (a copy). */
    public ColumnBatch rows(TableBucket bucket, int[] rows, int n) {
        ColumnVector[] columns = new ColumnVector[schema.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = bucket.column(c, rows, n);
        }
        return new ColumnBatch(schema, columns, n);
    }

    /** The batch is committed: what changed so far is no change any more. */
    public void clearChanges() {
        droppedCount = 0;
        for (int i = 0; i < count; i++) {
            buckets[i].clearChanges();
        }
        if (numbers != null && numbers.size() > FEW_KEYS + 2L * keysKept) {
            forgetKeys(numbers);
        }
    }

    /** Forgets the keys that have no row any more; called when there are no changes. */
    private void forgetKeys(KeyNumbers known) {
        if (known.size() - keysKept < rowCount() / ROWS_PER_KEY) {
            return;
        }
        boolean[] used = new boolean[known.size()];
        for (int i = 0; i < count; i++) {
            buckets[i].markNumbers(used);
        }
        int[] renumbered = known.retain(used);
        for (int i = 0; i < count; i++) {
            buckets[i].renumber(renumbered);
        }
        keysKept = known.size();
        numbering++;
    }

    /** Does a change of a log or snapshot; afterwards call {@link #clearChanges}. */
    public void apply(TableChange change) {
        if (change instanceof TableChange.DropBucket drop) {
            int at = Arrays.binarySearch(ids, 0, count, drop.bucket());
            if (at >= 0) {
                buckets[at].release();
                System.arraycopy(ids, at + 1, ids, at, count - at - 1);
                System.arraycopy(buckets, at + 1, buckets, at, count - at - 1);
                count--;
                buckets[count] = null;
                last = null;
            }
        } else if (change instanceof TableChange.PutRows put) {
            put(bucket(put.bucket()), put.rows());
        }
    }

    private void put(TableBucket bucket, ColumnBatch rows) {
        ColumnVector[] keys = new ColumnVector[spec.keys().size()];
        for (int k = 0; k < keys.length; k++) {
            keys[k] = rows.column(column(rows, spec.keys().get(k).name()));
        }
        KeyBatch batch = new KeyBatch(keys.length);
        batch.load(keys, rows.size());
        int[] groups = new int[rows.size()];
        bucket.locate(batch, null, rows.size(), groups);
        bucket.markChanged(groups, rows.size());
        for (int v = 0; v < spec.values().size(); v++) {
            int at = indexOf(rows.schema(), spec.values().get(v).name());
            if (at >= 0) {
                bucket.setColumn(spec.keys().size() + v, groups, rows.column(at), rows.size());
            }
        }
    }

    private int column(ColumnBatch rows, String name) {
        int at = indexOf(rows.schema(), name);
        if (at < 0) {
            throw ErrorCode.CHECKPOINT_CORRUPT.error("the stored rows of '" + spec.operator() + "' have no key column '"
                    + name + "', only " + rows.schema().names());
        }
        return at;
    }

    /** State columns are told apart by case, other than SQL's. */
    private static int indexOf(Schema schema, String name) {
        for (int i = 0; i < schema.size(); i++) {
            if (schema.field(i).name().equals(name)) {
                return i;
            }
        }
        return Schema.NOT_FOUND;
    }

    /**
     * Copies the table a piece at a time while it goes on changing: together with the changes of every batch since it
     * began, the pieces give the table. Rows added since are left to those changes, so the cursor comes to an end
     * however fast the table grows.
     */
    public final class Cursor {
        private final long[] bucketIds = Arrays.copyOf(ids, count);
        private final int[] sizes = new int[count];
        private int at;
        private int row;
        private long numberedAs = numbering;

        private Cursor() {
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = buckets[i].extent();
            }
        }

        /** The next rows, at most {@code most}; null when all have been given. */
        public TableChange.@Nullable PutRows next(int most) {
            if (numberedAs != numbering) { // rows may have moved to smaller numbers
                numberedAs = numbering;
                row = 0;
            }
            while (at < bucketIds.length) {
                int found = Arrays.binarySearch(ids, 0, count, bucketIds[at]);
                int end = found < 0 ? 0 : Math.min(sizes[at], buckets[found].extent());
                if (row < end) {
                    int[] rows = new int[Math.min(most, end - row)];
                    int n = buckets[found].rows(row, rows);
                    row = n < rows.length ? end : rows[n - 1] + 1;
                    if (n > 0) {
                        return new TableChange.PutRows(bucketIds[at], rows(buckets[found], rows, n));
                    }
                }
                at++;
                row = 0;
            }
            return null;
        }
    }

    /** A cursor before the first row. */
    public Cursor cursor() {
        return new Cursor();
    }

    @Override
    public void close() {
        count = 0;
        last = null;
        Arrays.fill(spares, 0, spareCount, null);
        spareCount = 0;
        spareBytes = 0;
        memory.close();
    }
}
