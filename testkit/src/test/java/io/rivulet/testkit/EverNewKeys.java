package io.rivulet.testkit;

import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.streaming.QueryProgress;
import io.rivulet.streaming.StreamingQueryException;
import io.rivulet.streaming.Trigger;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Validity;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process that counts keys that never come again: arguments are its checkpoint and the number of keys after which
 * there are no more. Prints, at its end, the error's code or {@code OK}, the batches committed and the rows of state.
 */
final class EverNewKeys {
    private static final int ROWS_PER_BATCH = 20_000;

    private EverNewKeys() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (Engine engine = Engine.builder().parallelism(2).build()) {
            StreamingQuery query = engine.readStream(new Numbers(Long.parseLong(arguments[1])))
                    .groupBy("n")
                    .count()
                    .writeStream()
                    .outputMode("update")
                    .format("noop")
                    .checkpoint(Path.of(arguments[0]))
                    .trigger(Trigger.availableNow())
                    .start();
            String end = "OK";
            try {
                query.awaitTermination();
            } catch (StreamingQueryException e) {
                end = e.code().name();
            }
            QueryProgress last = query.lastProgress();
            out.println(end + " " + (last == null ? 0 : last.batchId() + 1) + " "
                    + (last == null ? 0 : last.stateOperators().get(0).numRowsTotal()));
        }
    }

    /** The numbers from 0 on, without end but for the one given. */
    private record Numbers(long end) implements Source {
        private record Range(long from, long to) implements Split {
            @Override
            public long estimatedRows() {
                return to - from;
            }
        }

        @Override
        public Schema schema() {
            return Schema.of(Field.required("n", DataType.BIGINT));
        }

        @Override
        public String description() {
            return "numbers";
        }

        @Override
        public Offset initial() {
            return new Offset("0");
        }

        @Override
        public Offset latest(Offset start, ReadLimit limit) {
            return new Offset(Long.toString(Math.min(end, Long.parseLong(start.text()) + ROWS_PER_BATCH)));
        }

        @Override
        public void stopAtAvailable() {
            // it stands still anyway
        }

        @Override
        public List<Range> splits(Offset start, Offset to, int parallelism) {
            return List.of(new Range(Long.parseLong(start.text()), Long.parseLong(to.text())));
        }

        @Override
        public SplitReader reader(Split split, ReadContext context) {
            Range range = (Range) split;
            return new SplitReader() {
                private long at = range.from();

                @Override
                public @Nullable ColumnBatch next() {
                    int size = (int) Math.min(context.vectorSize(), range.to() - at);
                    if (size <= 0) {
                        return null;
                    }
                    long[] values = new long[size];
                    for (int i = 0; i < size; i++) {
                        values[i] = at++;
                    }
                    ColumnVector column = new LongVector(DataType.BIGINT, values, size, Validity.ALL_PRESENT);
                    return new ColumnBatch(context.schema(), new ColumnVector[] {column}, size);
                }

                @Override
                public void close() {
                    // holds nothing
                }
            };
        }

        @Override
        public void onNewData(Runnable wake) {
            // there is always more
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
