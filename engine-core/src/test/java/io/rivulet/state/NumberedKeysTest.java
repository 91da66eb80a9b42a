package io.rivulet.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.memory.MemoryPool;
import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Row;
import io.rivulet.vector.Validity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A table that numbers its keys against a map: whatever the order of adding rows, committing, dropping buckets and
 * copying, it holds what a table does that keeps keys in its rows.
 */
class NumberedKeysTest {
    private static final TableSpec SPEC = new TableSpec(
            "op",
            List.of(StateColumn.key("name", DataType.STRING, true), StateColumn.key("id", DataType.BIGINT, false)),
            List.of(StateColumn.value("n", DataType.BIGINT, 5), StateColumn.value("text", DataType.STRING, 0)));

    private final MemoryPool pool = MemoryPool.root("test", Long.MAX_VALUE);

    private record Key(@Nullable String name, long id) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return Long.compare(id, other.id);
        }
    }

    private static Key key(int id) {
        return new Key(id % 7 == 0 ? null : "name of " + id, id % 3 == 0 ? id : -id * 1_000_003L);
    }

    private static ColumnVector column(DataType type, Iterable<? extends @Nullable Object> values) {
        ColumnBuilder builder = new ColumnBuilder(type, 8);
        values.forEach(builder::append);
        return builder.build();
    }

    private static int[] locate(StateTable table, long bucket, List<Key> keys) {
        KeyBatch batch = new KeyBatch(2);
        List<@Nullable String> names = new ArrayList<>();
        keys.forEach(key -> names.add(key.name));
        batch.load(
                new ColumnVector[] {
                    column(DataType.STRING, names),
                    column(DataType.BIGINT, keys.stream().map(Key::id).toList())
                },
                keys.size());
        int[] rows = new int[keys.size()];
        table.bucket(bucket).locate(batch, null, rows.length, rows);
        return rows;
    }

    /** Adds one to each key, and has the last of equal keys write its text. */
    private static void put(StateTable table, long bucket, List<Key> keys, String text) {
        int[] rows = locate(table, bucket, keys);
        TableBucket target = table.bucket(bucket);
        for (int row : rows) {
            target.words()[row * target.stride() + target.offset(2)]++;
        }
        target.setColumn(
                3,
                rows,
                column(DataType.STRING, keys.stream().map(k -> text + k.id).toList()),
                rows.length);
        target.markChanged(rows, rows.length);
    }

    private static void putIntoModel(
            Map<Long, Map<Key, List<Object>>> model, long bucket, List<Key> keys, String text) {
        Map<Key, List<Object>> rows = model.computeIfAbsent(bucket, b -> new TreeMap<>());
        for (Key key : keys) {
            long n = rows.containsKey(key) ? (Long) rows.get(key).get(0) : 5;
            rows.put(key, List.of(n + 1, text + key.id));
        }
    }

    private static Map<Long, Map<Key, List<Object>>> content(StateTable table) {
        Map<Long, Map<Key, List<Object>>> all = new TreeMap<>();
        StateTable.Cursor cursor = table.cursor();
        TableChange.PutRows put;
        while ((put = cursor.next(100)) != null) {
            Map<Key, List<Object>> rows = all.computeIfAbsent(put.bucket(), b -> new TreeMap<>());
            for (int i = 0; i < put.rows().size(); i++) {
                Row row = put.rows().row(i);
                Key key = new Key((String) row.get(0), (Long) Objects.requireNonNull(row.get(1)));
                assertThat(rows.put(key, Arrays.asList(row.get(2), row.get(3)))).isNull();
            }
        }
        return all;
    }

    @Test
    void holdsWhatAMapHolds() {
        boolean dense = false;
        boolean renumbered = false;
        for (long seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            int keysPerStep = 1 + random.nextInt(random.nextBoolean() ? 20 : 1500);
            int fresh = random.nextInt(4) == 0 ? 0 : random.nextInt(2 * keysPerStep);
            Map<Long, Map<Key, List<Object>>> model = new TreeMap<>();
            try (StateTable table = StateTable.withNumberedKeys(SPEC, pool);
                    StateTable followed = new StateTable(SPEC, pool);
                    StateTable copied = StateTable.withNumberedKeys(SPEC, pool)) {
                StateTable.Cursor cursor = table.cursor();
                for (int step = 0; step < 25; step++) {
                    for (int part = random.nextInt(4); part >= 0; part--) {
                        long bucket = step + random.nextInt(3) - 2L;
                        List<Key> keys = keys(random, random.nextInt(keysPerStep) + 1, step * fresh, keysPerStep);
                        put(table, bucket, keys, "at " + step + " ");
                        putIntoModel(model, bucket, keys, "at " + step + " ");
                        dense |= table.bucket(bucket).isDense();
                    }
                    if (random.nextInt(3) == 0) {
                        long last = (long) step - random.nextInt(4);
                        long expected = rows(model, last);
                        assertThat(table.dropThrough(last)).isEqualTo(expected);
                        model.keySet().removeIf(bucket -> bucket <= last);
                    }
                    long numbering = table.numbering();
                    commit(table, followed, copied);
                    renumbered |= table.numbering() != numbering;
                    TableChange piece = cursor.next(1 + random.nextInt(500));
                    if (piece != null) {
                        copied.apply(piece);
                    }
                    assertThat(table.rowCount()).isEqualTo(rows(model, Long.MAX_VALUE));
                    if (step % 5 == 0) {
                        assertThat(content(table)).as("seed " + seed).isEqualTo(model);
                    }
                    if (step == 10) {
                        cursor = table.cursor();
                        copied.clear();
                    }
                }
                for (TableChange piece = cursor.next(100); piece != null; piece = cursor.next(100)) {
                    copied.apply(piece);
                }
                assertThat(content(table)).as("seed " + seed).isEqualTo(model);
                assertThat(content(followed)).as("its changes, seed " + seed).isEqualTo(model);
                assertThat(content(copied)).as("its copy, seed " + seed).isEqualTo(model);
            }
        }
        assertThat(dense).isTrue();
        assertThat(renumbered).isTrue();
        assertThat(pool.reserved()).isZero();
    }

    private static List<Key> keys(Random random, int count, int first, int range) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(key(first + random.nextInt(range)));
        }
        return keys;
    }

    private static long rows(Map<Long, Map<Key, List<Object>>> model, long last) {
        return model.entrySet().stream()
                .filter(e -> e.getKey() <= last)
                .mapToLong(e -> e.getValue().size())
                .sum();
    }

    private static void commit(StateTable table, StateTable... followers) {
        List<TableChange> changes = new ArrayList<>();
        table.forEachChange(changes::add);
        for (StateTable follower : followers) {
            changes.forEach(follower::apply);
            follower.clearChanges();
        }
        long changed = changes.stream()
                .mapToLong(change ->
                        change instanceof TableChange.PutRows put ? put.rows().size() : 0)
                .sum();
        assertThat(table.changedCount()).isEqualTo(changed);
        table.clearChanges();
        assertThat(table.changedCount()).isZero();
    }

    @Test
    void aBucketWithMostKeysIsFollowedByADenseOneAndOneWithFewIsNot() {
        try (StateTable table = StateTable.withNumberedKeys(SPEC, pool)) {
            List<Key> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(key(i));
            }
            put(table, 1, all, "");
            put(table, 2, all.subList(50, 53), "");
            put(table, 3, all, "");
            assertThat(table.bucket(1).isDense()).isFalse();
            assertThat(table.bucket(2).isDense()).isTrue();
            assertThat(table.bucket(2).size()).isEqualTo(3);
            assertThat(table.bucket(3).isDense()).isFalse();
            assertThat(locate(table, 2, all.subList(50, 53))).containsExactly(50, 51, 52);

            int[] numbers = {49, 50, 99};
            int[] rows = new int[3];
            table.bucket(2).find(numbers, 3, rows);
            assertThat(rows).containsExactly(-1, 50, -1);
            int[] next = new int[2];
            assertThat(table.bucket(2).rows(0, next)).isEqualTo(2);
            assertThat(next).containsExactly(50, 51);
        }
    }

    @Test
    void findsRowsByNumberWithoutAddingAny() {
        try (StateTable table = StateTable.withNumberedKeys(SPEC, pool)) {
            List<Key> all = new ArrayList<>();
            for (int i = 0; i < 100_000; i++) {
                all.add(key(i));
            }
            locate(table, 1, all);
            int[] some = {99_999, 7, 50_000, 3, 42};
            List<Key> few = Arrays.stream(some).mapToObj(NumberedKeysTest::key).toList();
            table.dropThrough(0);
            put(table, 5, all.subList(0, 1), "");
            int[] rows = locate(table, 6, few);
            assertThat(table.bucket(6).isDense()).isFalse();
            int[] numbers = {42, 4, 99_999, 7, 3, 99_998, 50_000};
            int[] found = new int[numbers.length];
            table.bucket(6).find(numbers, numbers.length, found);
            assertThat(found).containsExactly(rows[4], -1, rows[0], rows[1], rows[3], -1, rows[2]);
            assertThat(table.bucket(6).size()).isEqualTo(some.length);
        }
    }

    /** A bucket that has left is used again, by one that may lie otherwise and grow beyond it. */
    @Test
    void newRowsAreEmptyWhateverTheirBucketHeldBefore() {
        TableSpec counts = new TableSpec(
                "counts",
                List.of(StateColumn.key("id", DataType.BIGINT, false)),
                List.of(StateColumn.value("count", DataType.BIGINT, 0), StateColumn.value("sum", DataType.BIGINT, 0)));
        Random random = new Random(31);
        Set<Boolean> dense = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            try (StateTable table = StateTable.withNumberedKeys(counts, pool)) {
                int known = 0;
                for (int slice = 0; slice < 12; slice++) {
                    known += random.nextInt(random.nextBoolean() ? 60 : 4);
                    int few = 1 + random.nextInt(5);
                    boolean most = random.nextBoolean();
                    TableBucket bucket = table.bucket(slice);
                    for (int first = 0; first < known; first += 16) {
                        long[] ids = LongStream.range(first, Math.min(first + 16, known))
                                .filter(id -> most || id % few == 0)
                                .toArray();
                        KeyBatch keys = new KeyBatch(1);
                        keys.load(
                                new ColumnVector[] {
                                    new LongVector(DataType.BIGINT, ids, ids.length, Validity.ALL_PRESENT)
                                },
                                ids.length);
                        int[] rows = new int[ids.length];
                        bucket.locate(keys, null, ids.length, rows);
                        for (int row : rows) {
                            for (int column = 1; column <= 2; column++) {
                                int word = row * bucket.stride() + bucket.offset(column);
                                assertThat(bucket.words()[word]).isZero();
                                bucket.words()[word] = -1;
                            }
                        }
                    }
                    dense.add(bucket.isDense());
                    table.dropThrough(slice - random.nextInt(2));
                }
            }
        }
        assertThat(dense).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void keysWithoutRowsAreForgotten() {
        try (StateTable table = StateTable.withNumberedKeys(SPEC, pool)) {
            List<Key> lasting = List.of(key(1), key(2));
            for (int step = 0; step < 200; step++) {
                List<Key> keys = new ArrayList<>(lasting);
                for (int i = 0; i < 500; i++) {
                    keys.add(key(1000 + step * 500 + i));
                }
                put(table, step, keys, "");
                table.dropThrough(step - 3);
                table.clearChanges();
            }
            assertThat(table.keyCount()).isLessThan(12_000);
            assertThat(content(table).get(199L)).hasSize(502).containsKey(key(1));
            put(table, 200, lasting, "");
            table.dropThrough(199);
            table.dropThrough(200);
            assertThat(table.keyCount()).isZero();
        }
    }

    @Test
    void aTableWithoutKeysHasOneRowABucket() {
        TableSpec global = new TableSpec("op", List.of(), SPEC.values());
        try (StateTable table = StateTable.withNumberedKeys(global, pool)) {
            for (long bucket = 0; bucket < 3; bucket++) {
                KeyBatch none = new KeyBatch(0);
                none.load(new ColumnVector[0], 2);
                int[] rows = {7, 7};
                table.bucket(bucket).locate(none, null, 2, rows);
                assertThat(rows).containsExactly(0, 0);
                assertThat(table.bucket(bucket).size()).isEqualTo(1);
            }
            assertThat(table.keyCount()).isEqualTo(1);
        }
    }

    @Test
    void aTableThatDoesNotNumberItsKeysSaysSo() {
        try (StateTable table = new StateTable(SPEC, pool)) {
            assertThatThrownBy(table::keyCount).hasMessageContaining("the keys of 'op' have no numbers");
        }
    }
}
