package io.rivulet.testkit;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.ReportsLatestOffset;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.sql.parser.SqlParser;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream over rows that a test adds. It keeps them, so a restarted query (in this process) reads the same rows again;
 * offsets are counts of rows. Feeds one running query at a time. Thread-safe.
 *
 * <pre>{@code
 * MemoryInput input = MemoryInput.of("t TIMESTAMP, word STRING");
 * DataFrame words = engine.readStream(input);
 * input.add(row(Instant.ofEpochSecond(10), "hello"));
 * }</pre>
 *
 * Rows given with {@link #stage} are seen by the query only after {@link #publish}: a {@link StreamScript} does so, so
 * that everything a step adds to its inputs is one batch.
 */
public final class MemoryInput implements Source, ReportsLatestOffset {
    /** Rows by position: from, inclusive, to, exclusive. */
    private record Range(int from, int to) implements Split {
        @Override
        public long estimatedRows() {
            return (long) to - from;
        }
    }

    private final String name;
    private final Schema schema;
    // null: a position without a row
    private final List<@Nullable List<@Nullable Object>> positions = new ArrayList<>();
    private int published;
    private int ceiling = Integer.MAX_VALUE;
    private Runnable wake = () -> {};

    private MemoryInput(String name, Schema schema) {
        this.name = name;
        this.schema = schema;
    }

    /** An input with columns in SQL, e.g. {@code "t TIMESTAMP, k STRING"}. */
    public static MemoryInput of(String ddl) {
        return of("memory", SqlParser.schema(ddl));
    }

    /** An input with a name, for plans and progress. */
    public static MemoryInput of(String name, String ddl) {
        return of(name, SqlParser.schema(ddl));
    }

    /** An input with a name, for plans and progress. */
    public static MemoryInput of(String name, Schema schema) {
        return new MemoryInput(name, schema);
    }

    /** Adds rows that the query sees at once; values as {@link ColumnBuilder#append} takes them. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final void add(List<? extends @Nullable Object>... rows) {
        stage(List.of(rows));
        publish();
    }

    /** Adds rows that the query sees after {@link #publish}. */
    public synchronized void stage(Collection<? extends List<? extends @Nullable Object>> rows) {
        for (List<? extends @Nullable Object> row : rows) {
            if (row.size() != schema.size()) {
                throw new IllegalArgumentException(
                        name + " has the columns " + schema.ddl() + ", which the row " + row + " does not fit");
            }
            batch(schema, List.of(new ArrayList<>(row)), null); // a value of the wrong class fails here, at its author
            positions.add(new ArrayList<>(row));
        }
    }

    /** Moves the offset by one without a row: a batch that reads nothing from here, after {@link #publish}. */
    public synchronized void stageEmptyBatch() {
        positions.add(null);
    }

    /** Lets the query see what was staged. */
    public void publish() {
        publishAll(List.of(this));
    }

    /** Lets the query see what was staged in several inputs, all of it at one look if it is at rest. */
    static void publishAll(Collection<MemoryInput> inputs) {
        List<Runnable> woken = new ArrayList<>();
        for (MemoryInput input : inputs) {
            synchronized (input) {
                input.published = input.positions.size();
                woken.add(input.wake);
            }
        }
        woken.forEach(Runnable::run);
    }

    /** All rows added so far. */
    public synchronized List<List<@Nullable Object>> rows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : positions) {
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public String description() {
        return name;
    }

    @Override
    public Offset initial() {
        return new Offset("0");
    }

    private static int position(Offset offset) {
        return Integer.parseInt(offset.text());
    }

    @Override
    public synchronized Offset latest(Offset start, ReadLimit limit) {
        int from = position(start);
        long end = Math.min(Math.min(published, ceiling), from + Math.min(limit.maxRows(), Integer.MAX_VALUE));
        return new Offset(Long.toString(Math.max(from, end)));
    }

    @Override
    public synchronized Offset latestOffset() {
        return new Offset(Integer.toString(Math.min(published, ceiling)));
    }

    @Override
    public synchronized void stopAtAvailable() {
        ceiling = published;
    }

    @Override
    public List<? extends Split> splits(Offset start, Offset end, int parallelism) {
        int from = position(start);
        int count = position(end) - from;
        List<Range> splits = new ArrayList<>();
        int parts = Math.min(count, parallelism);
        for (int i = 0; i < parts; i++) {
            splits.add(
                    new Range(from + (int) ((long) count * i / parts), from + (int) ((long) count * (i + 1) / parts)));
        }
        return splits;
    }

    @Override
    public SplitReader reader(Split split, ReadContext context) {
        Range range = (Range) split;
        List<List<@Nullable Object>> rows = new ArrayList<>();
        synchronized (this) {
            for (int i = range.from(); i < range.to(); i++) {
                List<@Nullable Object> row = positions.get(i);
                if (row != null) {
                    rows.add(row);
                }
            }
        }
        return new RowsReader(rows, context);
    }

    @Override
    public synchronized void onNewData(Runnable newWake) {
        wake = newWake;
    }

    @Override
    public synchronized void close() {
        ceiling = Integer.MAX_VALUE;
        wake = () -> {};
    }

    private static ColumnBatch batch(Schema wanted, List<List<@Nullable Object>> rows, int @Nullable [] columns) {
        ColumnBuilder[] builders = ColumnBuilder.forSchema(wanted, rows.size());
        for (List<@Nullable Object> row : rows) {
            for (int c = 0; c < builders.length; c++) {
                builders[c].append(row.get(columns == null ? c : columns[c]));
            }
        }
        ColumnVector[] vectors = new ColumnVector[builders.length];
        for (int c = 0; c < vectors.length; c++) {
            vectors[c] = builders[c].build();
        }
        return new ColumnBatch(wanted, vectors, rows.size());
    }

    private static final class RowsReader implements SplitReader {
        private final List<List<@Nullable Object>> rows;
        private final ReadContext context;
        private int at;

        RowsReader(List<List<@Nullable Object>> rows, ReadContext context) {
            this.rows = rows;
            this.context = context;
        }

        @Override
        public @Nullable ColumnBatch next() {
            if (at >= rows.size()) {
                return null;
            }
            int end = Math.min(rows.size(), at + context.vectorSize());
            ColumnBatch next = batch(context.schema(), rows.subList(at, end), context.columns());
            at = end;
            return next;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
