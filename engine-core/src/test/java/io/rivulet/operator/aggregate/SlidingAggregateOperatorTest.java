package io.rivulet.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.aggregate.AggregateCall;
import io.rivulet.connector.OutputMode;
import io.rivulet.function.Bindings;
import io.rivulet.memory.MemoryPool;
import io.rivulet.operator.BatchEnd;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.Operator;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableChange;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.StructVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The operator alone against a fold over all rows: random windows, rows and watermarks, with many keys and with rows that
 * are old but not late, and with restarts. {@code -Drivulet.seed} chooses the first case; a failure names its own.
 */
final class SlidingAggregateOperatorTest {
    private static final long FIRST_SEED = Long.getLong("rivulet.seed", 271828);
    private static final int CASES = Integer.getInteger("rivulet.cases", 150);
    private static final Schema INPUT = Schema.of(
            Field.required("t", DataType.BIGINT),
            Field.required("k", DataType.BIGINT),
            Field.required("v", DataType.BIGINT),
            Field.required("s", DataType.STRING));
    private static final Schema OUTPUT = Schema.of(
            Field.required(
                    "w",
                    new StructType(Schema.of(
                            Field.required("start", DataType.BIGINT), Field.required("end", DataType.BIGINT)))),
            Field.required("k", DataType.BIGINT),
            Field.required("n", DataType.BIGINT),
            Field.of("sum", DataType.BIGINT),
            Field.of("min", DataType.BIGINT),
            Field.of("max", DataType.STRING));
    private static final List<AggregateCall> CALLS = List.of(
            new AggregateCall("count", List.of(), -1, DataType.BIGINT),
            new AggregateCall("sum", List.of(2), -1, DataType.BIGINT),
            new AggregateCall("min", List.of(2), -1, DataType.BIGINT),
            new AggregateCall("max", List.of(3), -1, DataType.STRING));
    /** The columns and calls without text, whose state has a fixed width. */
    private static final int FIXED_WIDTH = 5;

    private record Event(long time, long key, long value) {
        String text() {
            return "text " + value;
        }
    }

    /** Keeps what comes out as text: start, key and results. */
    private static final class Collected implements Operator {
        private final List<String> rows = new ArrayList<>();
        private final List<Long> starts = new ArrayList<>();

        @Override
        public void begin(BatchStart start) {
            rows.clear();
            starts.clear();
        }

        @Override
        public void process(ColumnBatch batch) {
            StructVector window = (StructVector) batch.column(0);
            for (int i = 0; i < batch.size(); i++) {
                long start = ((LongVector) window.child(0).flatten()).values()[i];
                starts.add(start);
                List<@Nullable Object> row = new ArrayList<>();
                row.add(List.of(start, ((LongVector) window.child(1).flatten()).values()[i]));
                for (int c = 1; c < batch.schema().size(); c++) {
                    row.add(batch.column(c).objectAt(i));
                }
                rows.add(row.toString());
            }
        }

        @Override
        public void finish(BatchEnd end) {}

        @Override
        public void close() {}
    }

    /** One query and the plain fold beside it. */
    private static final class Run implements AutoCloseable {
        private final MemoryPool memory = MemoryPool.root("test", Long.MAX_VALUE);
        private final Collected collected = new Collected();
        private final WindowSpec window;
        private final OutputMode mode;
        private final Grouping grouping;
        private final int vectorSize;
        private final boolean texts;
        private final List<Event> taken = new ArrayList<>();
        private StateTable table;
        private SlidingAggregateOperator operator;
        private long watermark = Long.MIN_VALUE;
        private long batchId;

        Run(WindowSpec window, OutputMode mode, int vectorSize, boolean texts) {
            this.window = window;
            this.mode = mode;
            this.vectorSize = vectorSize;
            this.texts = texts;
            List<AggregateCall> calls = texts ? CALLS : CALLS.subList(0, FIXED_WIDTH - 2);
            Schema output = texts ? OUTPUT : new Schema(OUTPUT.fields().subList(0, FIXED_WIDTH));
            this.grouping = new Grouping(
                    "op",
                    INPUT,
                    1,
                    window,
                    -1,
                    calls,
                    mode,
                    mode != OutputMode.COMPLETE,
                    output,
                    Set.of(),
                    Bindings.EMPTY);
            this.table = StateTable.withNumberedKeys(grouping.tableSpec(), memory);
            this.operator = make();
        }

        private SlidingAggregateOperator make() {
            return new SlidingAggregateOperator(grouping, table, false, memory, vectorSize, collected);
        }

        void restart() {
            StateTable restored = StateTable.withNumberedKeys(grouping.tableSpec(), memory);
            StateTable.Cursor cursor = table.cursor();
            for (TableChange put = cursor.next(7); put != null; put = cursor.next(7)) {
                restored.apply(put);
            }
            restored.clearChanges();
            operator.close();
            table = restored;
            operator = make();
        }

        void batch(List<Event> events, long newWatermark) {
            long late = watermark;
            watermark = Math.max(watermark, newWatermark);
            operator.begin(new BatchStart(batchId++, 0, late));
            for (int from = 0; from < events.size(); from += vectorSize) {
                operator.process(columns(events.subList(from, Math.min(events.size(), from + vectorSize))));
            }
            operator.finish(new BatchEnd(watermark));
            long lateRows = 0;
            List<Event> fresh = new ArrayList<>();
            for (Event event : events) {
                if (mode == OutputMode.COMPLETE || window.end(window.lastStart(event.time)) > late) {
                    fresh.add(event);
                } else {
                    lateRows++;
                }
            }
            taken.addAll(fresh);
            List<String> expected = expected(fresh, late);
            List<String> actual = new ArrayList<>(collected.rows);
            assertThat(collected.starts).isSorted();
            Collections.sort(expected);
            Collections.sort(actual);
            assertThat(actual).isEqualTo(expected);
            assertThat(operator.metrics().rowsLate()).isEqualTo(lateRows);
            assertThat(table.rowCount()).isEqualTo(heldGroups());
            table.clearChanges();
        }

        private List<String> expected(List<Event> fresh, long late) {
            Map<Long, Set<Long>> wanted = new TreeMap<>();
            for (Event event : mode == OutputMode.UPDATE ? fresh : taken) {
                for (long s = window.firstStart(event.time);
                        s <= window.lastStart(event.time);
                        s = window.nextStart(s)) {
                    long end = window.end(s);
                    boolean given = switch (mode) {
                        case COMPLETE -> true;
                        case UPDATE -> end > late;
                        case APPEND -> end > late && end <= watermark;
                    };
                    if (given) {
                        wanted.computeIfAbsent(s, w -> new HashSet<>()).add(event.key);
                    }
                }
            }
            List<String> rows = new ArrayList<>();
            wanted.forEach((start, keys) -> {
                Map<Long, List<Event>> inWindow = taken.stream()
                        .filter(e -> e.time >= start && e.time < window.end(start))
                        .collect(Collectors.groupingBy(Event::key));
                keys.forEach(key -> rows.add(result(start, key, inWindow.get(key))));
            });
            return rows;
        }

        private String result(long start, long key, @Nullable List<Event> events) {
            List<Event> all = events == null ? List.of() : events;
            String most = Collections.max(all.stream().map(Event::text).toList());
            long least = all.stream().mapToLong(Event::value).min().orElseThrow();
            long sum = all.stream().mapToLong(Event::value).sum();
            List<Object> row = List.of(List.of(start, window.end(start)), key, (long) all.size(), sum, least, most);
            return (texts ? row : row.subList(0, FIXED_WIDTH)).toString();
        }

        private long heldGroups() {
            return taken.stream()
                    .filter(e -> mode == OutputMode.COMPLETE
                            || window.end(window.lastStart(window.sliceStart(e.time))) > watermark)
                    .map(e -> List.of(window.sliceStart(e.time), e.key))
                    .distinct()
                    .count();
        }

        @Override
        public void close() {
            operator.close();
            assertThat(memory.reserved()).isZero();
        }
    }

    private static ColumnBatch columns(List<Event> events) {
        ColumnBuilder time = new ColumnBuilder(DataType.BIGINT, 8);
        ColumnBuilder key = new ColumnBuilder(DataType.BIGINT, 8);
        ColumnBuilder value = new ColumnBuilder(DataType.BIGINT, 8);
        ColumnBuilder text = new ColumnBuilder(DataType.STRING, 8);
        for (Event event : events) {
            time.append(event.time);
            key.append(event.key);
            value.append(event.value);
            text.append(event.text());
        }
        return new ColumnBatch(
                INPUT, new ColumnVector[] {time.build(), key.build(), value.build(), text.build()}, events.size());
    }

    private static void randomCase(Random random, OutputMode mode) {
        int size = 1 + random.nextInt(12);
        int slide = 1 + random.nextInt(size);
        WindowSpec window = new WindowSpec(size, slide, random.nextInt(2 * slide - 1) - slide + 1);
        int keys = 1 + random.nextInt(random.nextBoolean() ? 3 : 60);
        int disorder = random.nextInt(2 * size + 2);
        long spread = random.nextBoolean() ? 1 : 1L << 40;
        int[] vectorSizes = {1, 3, 64};
        try (Run run = new Run(window, mode, vectorSizes[random.nextInt(3)], random.nextBoolean())) {
            long now = random.nextInt(-20, 20);
            int batches = 1 + random.nextInt(12);
            for (int b = 0; b < batches; b++) {
                now += random.nextInt(random.nextInt(6) == 0 ? 100 : size + 1);
                List<Event> events = new ArrayList<>();
                int count = random.nextInt(random.nextBoolean() ? 4 : 80);
                for (int i = 0; i < count; i++) {
                    events.add(new Event(
                            now - random.nextInt(disorder + 1),
                            spread * (random.nextInt(keys) - 1),
                            random.nextInt(1000) - 500));
                }
                run.batch(events, random.nextInt(5) == 0 ? Long.MIN_VALUE : now - random.nextInt(size + 1));
                if (random.nextInt(6) == 0) {
                    run.restart();
                }
            }
            run.batch(List.of(), mode == OutputMode.COMPLETE ? now : Long.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @EnumSource(OutputMode.class)
    void givesWhatAFoldOverAllRowsGives(OutputMode mode) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
            try {
                randomCase(new Random(seed * 0x9E3779B97F4A7C15L), mode);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(mode + ", -Drivulet.seed=" + seed + " -Drivulet.cases=1", e);
            }
        }
    }

    @Test
    void windowsWithoutRowsAreSkipped() {
        try (Run run = new Run(new WindowSpec(10, 1, 0), OutputMode.APPEND, 64, false)) {
            run.batch(List.of(new Event(0, 1, 1), new Event(1L << 60, 1, 2)), 1L << 60);
            run.batch(List.of(), Long.MAX_VALUE);
        }
    }

    @Test
    void anOldSliceMayComeWhileAnotherLeaves() {
        try (Run run = new Run(new WindowSpec(4, 1, 0), OutputMode.APPEND, 64, false)) {
            run.batch(List.of(new Event(0, 1, 1), new Event(1, 1, 2), new Event(3, 1, 4)), 5);
            run.batch(List.of(new Event(2, 1, 8)), 6);
        }
    }

    @Test
    void manyOldRowsBetweenWindowsAreFoldedIn() {
        try (Run run = new Run(new WindowSpec(40, 1, 0), OutputMode.APPEND, 64, false)) {
            long time = 0;
            for (int b = 0; b < 120; b++) {
                List<Event> events = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    events.add(new Event(time, i, b));
                }
                events.add(new Event(time - 5, b % 20, b));
                events.add(new Event(time - 30, 20 + b % 3, b));
                run.batch(events, time);
                time++;
            }
        }
    }
}
