package io.rivulet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.connector.Offset;
import io.rivulet.file.FileAccess;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.KeyBatch;
import io.rivulet.state.KeyHash;
import io.rivulet.state.StateColumn;
import io.rivulet.state.StateStore;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import io.rivulet.state.TableChange;
import io.rivulet.state.TableSpec;
import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Row;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A query that is nothing but its checkpoint: every batch changes its tables in a way that follows from the batch's
 * number alone, so what a checkpoint gives back can be compared with what it must be. Its sink remembers which batches
 * were committed with which message.
 */
public final class ModelQuery implements AutoCloseable {
    /** The tables. */
    public static final TableSpec GROUPS = new TableSpec(
            "aggregate-0",
            List.of(StateColumn.key("name", DataType.STRING, true), StateColumn.key("id", DataType.BIGINT, false)),
            List.of(
                    StateColumn.value("count", DataType.BIGINT, 0),
                    StateColumn.value("sum", DataType.DOUBLE, 0),
                    StateColumn.value("last", DataType.STRING, 0)));

    /** A table with the fastest kind of key. */
    public static final TableSpec TOTALS = new TableSpec(
            "total 1/µ",
            List.of(StateColumn.key("digit", DataType.INT, false)),
            List.of(StateColumn.value("count", DataType.BIGINT, 100)));

    /** The sink: messages of committed batches. Shared by all runs of a query. */
    public static final class Sink {
        private final TreeMap<Long, String> committed = new TreeMap<>();
        private long planned = -1;

        void commit(long batch, String message) {
            String before = committed.putIfAbsent(batch, message);
            assertThat(before == null || before.equals(message))
                    .as("batch %s is committed with one message only", batch)
                    .isTrue();
        }

        /** The last committed batch, -1 when there is none. */
        public long last() {
            return committed.isEmpty() ? -1 : committed.lastKey();
        }

        /** That no batch is missing. */
        public void assertWhole() {
            assertThat(committed.keySet()).hasSize((int) (last() + 1));
        }
    }

    private final int rows;
    private final int partitions;
    private final Sink sink;
    private final CheckpointLog log;
    private final List<CheckpointLog.OwnedTable> tables = new ArrayList<>();
    private final MemoryPool pool = MemoryPool.root("test", Long.MAX_VALUE);
    private long next;

    /** What a run is made of. */
    public record Setup(CheckpointProvider provider, Path directory, FileAccess files, int partitions, int rows) {
        /** The same with another number of partitions. */
        public Setup partitions(int other) {
            return new Setup(provider, directory, files, other, rows);
        }

        /** The same with other file access. */
        public Setup files(FileAccess other) {
            return new Setup(provider, directory, other, partitions, rows);
        }
    }

    /** Opens the checkpoint and checks that everything in it is as it must be. */
    public ModelQuery(Setup setup, Sink sink) {
        this(setup, sink, GROUPS);
    }

    /** The same with a changed first table. */
    public ModelQuery(Setup setup, Sink sink, TableSpec groups) {
        this.rows = setup.rows();
        this.partitions = setup.partitions();
        this.sink = sink;
        log = setup.provider().open(setup.directory(), description(groups, partitions), setup.files());
        boolean open = false;
        try {
            recover(groups);
            open = true;
        } finally {
            if (!open) {
                log.close();
            }
        }
    }

    /** The description of the query. */
    public static QueryDescription description(TableSpec groups, int partitions) {
        return new QueryDescription(
                Map.of("aggregate-0 keys", "name STRING, id BIGINT"), List.of(groups, TOTALS), partitions, "min");
    }

    private void recover(TableSpec groups) {
        RecoveredLog recovered = log.recovered();
        long last = recovered.lastBatch();
        next = last + 1;
        assertThat(last)
                .as("a batch that was committed to the sink is in the log")
                .isGreaterThanOrEqualTo(sink.last());
        assertThat(last >= sink.planned || recovered.planned() != null)
                .as("the plan of batch %s was made durable", sink.planned)
                .isTrue();
        BatchResult result = recovered.lastResult();
        if (last >= 0) {
            assertThat(result).isNotNull();
            assertThat(Objects.requireNonNull(result).watermark()).isEqualTo(watermark(last));
            assertThat(result.inputMaxima()).isEqualTo(Map.of("in", last * 7));
            assertThat(recovered.offsets()).isEqualTo(Map.of("src", new Offset("{\"at\":" + (last + 1) + "}")));
            if (!recovered.lastCommitted()) {
                commit(result);
            }
        } else {
            assertThat(recovered.offsets()).isEmpty();
        }
        BatchPlan planned = recovered.planned();
        assertThat(planned == null || planned.equals(plan(next))).isTrue();
        for (TableSpec spec : List.of(groups, TOTALS)) {
            for (int p = 0; p < partitions; p++) {
                StateTable table = new StateTable(spec, pool);
                Objects.requireNonNull(log.state()).load(table, p);
                tables.add(new CheckpointLog.OwnedTable(table, p));
            }
        }
        assertState();
        if (last >= 0 && !recovered.lastCommitted()) {
            log.committed(last, tables);
        }
        log.started(tables);
    }

    /** Throws the tables away and loads them anew, as after a failed attempt. */
    public void reload() {
        for (int i = 0; i < tables.size(); i++) {
            CheckpointLog.OwnedTable owned = tables.get(i);
            StateTable table = owned.table().emptyTwin();
            owned.table().close();
            Objects.requireNonNull(log.state()).load(table, owned.partition());
            tables.set(i, new CheckpointLog.OwnedTable(table, owned.partition()));
        }
    }

    /** The batch that comes next. */
    public long next() {
        return next;
    }

    /** The log. */
    public CheckpointLog log() {
        return log;
    }

    /** Every table of every partition. */
    public List<CheckpointLog.OwnedTable> tables() {
        return tables;
    }

    /** That the tables hold what they must after the batches so far, each row in its partition. */
    public void assertState() {
        assertThat(contents()).isEqualTo(expected(next, rows));
    }

    /** Runs batches. */
    public void run(int batches) {
        for (int i = 0; i < batches; i++) {
            batch();
        }
    }

    private void batch() {
        long n = next;
        log.planned(plan(n), n % 4 == 1);
        if (n % 4 == 1) {
            sink.planned = n;
        }
        change(n);
        BatchResult result = new BatchResult(
                n,
                watermark(n),
                Map.of("in", n * 7),
                Map.of("sink", List.of(("batch " + n).getBytes(StandardCharsets.UTF_8), new byte[0])),
                false);
        log.prepared(result, stage(n));
        next = n + 1;
        commit(result);
        for (CheckpointLog.OwnedTable owned : tables) {
            owned.table().clearChanges();
        }
        log.committed(n, tables);
        if (n % 5 == 0) {
            log.idle();
        }
    }

    private void commit(BatchResult result) {
        List<byte[]> messages = result.sinkMessages().get("sink");
        assertThat(messages).hasSize(2);
        sink.commit(
                result.batchId(), new String(Objects.requireNonNull(messages).get(0), StandardCharsets.UTF_8));
    }

    /** Changes the tables as the batch does. */
    public void change(long n) {
        for (Map.Entry<Integer, List<Change>> part : split(changes(n, rows)).entrySet()) {
            put(part.getKey(), part.getValue());
        }
        for (CheckpointLog.OwnedTable owned : tables) {
            if (owned.table().spec().operator().equals(GROUPS.operator())) {
                owned.table().dropThrough(droppedThrough(n));
            }
        }
    }

    /** Stages all tables. */
    public List<StateStore.StagedChanges> stage(long n) {
        List<StateStore.StagedChanges> staged = new ArrayList<>();
        for (CheckpointLog.OwnedTable owned : tables) {
            staged.add(Objects.requireNonNull(log.state()).stage(n, owned.table(), owned.partition()));
        }
        return staged;
    }

    @Override
    public void close() {
        log.close();
    }

    /** Gives the lock back as a killed process does: whatever the log still wants to write is refused. */
    public void abandon() {
        try {
            log.close();
        } catch (RuntimeException e) {
            assertThat(e).as("what a dying log says").hasMessageContaining("[");
        }
    }

    // ------------------------------------------------------------------ what must be

    private record Change(long bucket, @Nullable String name, long id, long delta, double amount, String text) {
        String key() {
            return bucket + "|" + name + "|" + id;
        }

        int digit() {
            return (int) (id % 10);
        }
    }

    /** The plan of a batch. */
    public static BatchPlan plan(long n) {
        return new BatchPlan(
                n,
                1_000_000 * n,
                Map.of(
                        "src",
                        new BatchPlan.Range(new Offset("{\"at\":" + n + "}"), new Offset("{\"at\":" + (n + 1) + "}"))));
    }

    private static long watermark(long n) {
        return n * 10 - 30;
    }

    private static long droppedThrough(long n) {
        return n / 3 - 3;
    }

    private static List<Change> changes(long n, int rows) {
        Random random = new Random(n * 31 + rows);
        List<Change> changes = new ArrayList<>();
        int count = rows == 0 ? 0 : random.nextInt(rows) + 1;
        for (int i = 0; i < count; i++) {
            int id = random.nextInt(rows * 2);
            changes.add(new Change(
                    n / 3 - random.nextInt(2),
                    id % 7 == 0 ? null : "name-" + id % 5,
                    id,
                    random.nextInt(1000),
                    random.nextInt(64) / 16.0,
                    "x".repeat(random.nextInt(6)) + n));
        }
        return changes;
    }

    private static Map<String, String> expected(long version, int rows) {
        Map<String, Object[]> groups = new TreeMap<>();
        Map<Integer, Long> totals = new TreeMap<>();
        for (long n = 0; n < version; n++) {
            for (Change change : changes(n, rows)) {
                Object[] values = groups.computeIfAbsent(change.key(), k -> new Object[] {0L, 0.0, ""});
                values[0] = (Long) values[0] + change.delta();
                values[1] = (Double) values[1] + change.amount();
                values[2] = change.text();
                totals.merge(change.digit(), 101L, (a, b) -> a + 1);
            }
            long gone = droppedThrough(n);
            groups.keySet().removeIf(k -> Long.parseLong(k.substring(0, k.indexOf('|'))) <= gone);
        }
        Map<String, String> all = new TreeMap<>();
        groups.forEach((key, values) -> all.put(key, Arrays.toString(values)));
        totals.forEach((digit, count) -> all.put("total " + digit, count.toString()));
        return all;
    }

    private Map<String, String> contents() {
        Map<String, String> all = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (CheckpointLog.OwnedTable owned : tables) {
            StateTable table = owned.table();
            StateTable.Cursor cursor = table.cursor();
            TableChange.PutRows put;
            while ((put = cursor.next(100)) != null) {
                assertOwner(put, table.spec().keys().size(), owned.partition());
                for (int i = 0; i < put.rows().size(); i++) {
                    Row row = put.rows().row(i);
                    String key;
                    String value;
                    if (table.spec().operator().equals(TOTALS.operator())) {
                        key = "total " + row.get(0);
                        value = String.valueOf(row.get(1));
                    } else {
                        key = put.bucket() + "|" + row.get(0) + "|" + row.get(1);
                        value = Arrays.asList(row.get(2), row.get(3), row.get(4))
                                .toString();
                    }
                    assertThat(seen.add(key)).as("%s is there once", key).isTrue();
                    all.put(key, value);
                }
            }
        }
        return all;
    }

    private void assertOwner(TableChange.PutRows put, int keyCount, int partition) {
        KeyBatch keys = new KeyBatch(keyCount);
        keys.load(Arrays.copyOf(put.rows().columns(), keyCount), put.rows().size());
        for (int i = 0; i < put.rows().size(); i++) {
            assertThat(KeyHash.partition(keys.hashes()[i], partitions)).isEqualTo(partition);
        }
    }

    // ------------------------------------------------------------------ changing tables

    private Map<Integer, List<Change>> split(List<Change> changes) {
        Map<Integer, List<Change>> parts = new TreeMap<>();
        for (Change change : changes) {
            KeyBatch keys = groupKeys(List.of(change));
            parts.computeIfAbsent(KeyHash.partition(keys.hashes()[0], partitions), p -> new ArrayList<>())
                    .add(change);
        }
        return parts;
    }

    private static KeyBatch groupKeys(List<Change> changes) {
        ColumnBuilder names = new ColumnBuilder(DataType.STRING, 8);
        ColumnBuilder ids = new ColumnBuilder(DataType.BIGINT, 8);
        for (Change change : changes) {
            names.append(change.name());
            ids.appendLong(change.id());
        }
        KeyBatch keys = new KeyBatch(2);
        keys.load(new ColumnVector[] {names.build(), ids.build()}, changes.size());
        return keys;
    }

    private void put(int partition, List<Change> changes) {
        StateTable groups = tables.get(partition).table();
        int[] row = new int[1];
        for (Change change : changes) {
            TableBucket bucket = groups.bucket(change.bucket());
            bucket.locate(groupKeys(List.of(change)), null, 1, row);
            int base = row[0] * bucket.stride();
            bucket.words()[base + bucket.offset(2)] += change.delta();
            int sum = base + bucket.offset(3);
            bucket.words()[sum] =
                    Double.doubleToRawLongBits(Double.longBitsToDouble(bucket.words()[sum]) + change.amount());
            byte[] text = change.text().getBytes(StandardCharsets.UTF_8);
            bucket.setBytes(base + bucket.offset(4), text, 0, text.length);
            bucket.markChanged(row, 1);
            count(change.digit());
        }
    }

    private void count(int digit) {
        ColumnBuilder digits = new ColumnBuilder(DataType.INT, 1);
        digits.appendInt(digit);
        KeyBatch keys = new KeyBatch(1);
        keys.load(new ColumnVector[] {digits.build()}, 1);
        int owner = KeyHash.partition(keys.hashes()[0], partitions);
        TableBucket bucket = tables.get(partitions + owner).table().bucket(StateTable.TIMELESS);
        int[] row = new int[1];
        bucket.locate(keys, null, 1, row);
        bucket.words()[row[0] * bucket.stride() + bucket.offset(1)]++;
        bucket.markChanged(row, 1);
    }
}
