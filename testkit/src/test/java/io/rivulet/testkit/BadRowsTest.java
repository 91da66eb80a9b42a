package io.rivulet.testkit;

import static io.rivulet.testkit.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.connector.BadRows;
import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.connector.builtin.MemoryTable;
import io.rivulet.streaming.QueryProgress.SideSinkProgress;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A query that names a bad-row sink: what a reader cannot parse is in it once, the rest where it belongs. */
@Timeout(60)
class BadRowsTest {
    private static final String MATRIX = "io.rivulet.testkit.Variation#all";

    private final Numerals numerals = new Numerals();
    private final MemoryTable bad = new MemoryTable();

    @TempDir
    Path checkpoint;

    /** Texts that should be numbers; one per position. Drops what is none unless somebody takes it. */
    private static final class Numerals implements Source {
        private record Range(int from, int to) implements Split {
            @Override
            public long estimatedRows() {
                return (long) to - from;
            }
        }

        private static final Schema SCHEMA = Schema.of(new Field("n", DataType.INT, true));
        private final List<String> texts = new ArrayList<>();

        synchronized void add(String... more) {
            texts.addAll(List.of(more));
        }

        private synchronized String text(int position) {
            return texts.get(position);
        }

        @Override
        public Schema schema() {
            return SCHEMA;
        }

        @Override
        public String description() {
            return "numerals";
        }

        @Override
        public Offset initial() {
            return new Offset("0");
        }

        @Override
        public synchronized Offset latest(Offset start, ReadLimit limit) {
            return new Offset(String.valueOf(texts.size()));
        }

        @Override
        public void stopAtAvailable() {}

        @Override
        public List<? extends Split> splits(Offset start, Offset end, int parallelism) {
            List<Range> splits = new ArrayList<>();
            for (int i = Integer.parseInt(start.text()); i < Integer.parseInt(end.text()); i += 2) {
                splits.add(new Range(i, Math.min(i + 2, Integer.parseInt(end.text()))));
            }
            return splits;
        }

        @Override
        public SplitReader reader(Split split, ReadContext context) {
            Range range = (Range) split;
            return new SplitReader() {
                private boolean read;

                @Override
                public @Nullable ColumnBatch next() {
                    if (read) {
                        return null;
                    }
                    read = true;
                    ColumnBuilder column = new ColumnBuilder(DataType.INT, 2);
                    for (int i = range.from(); i < range.to(); i++) {
                        parse(text(i), i, column, context.badRows());
                    }
                    int rows = column.size();
                    return new ColumnBatch(SCHEMA, new ColumnVector[] {column.build()}, rows);
                }

                @Override
                public void close() {}
            };
        }

        private static void parse(String text, int position, ColumnBuilder into, BadRows badRows) {
            try {
                into.appendInt(Integer.parseInt(text));
            } catch (NumberFormatException e) {
                if (!badRows.take(text, "position " + position, "no INT")) {
                    badRows.dropped();
                }
            }
        }

        @Override
        public void onNewData(Runnable wake) {}

        @Override
        public void close() {}
    }

    private StreamScript script(Variation variation) {
        return StreamScript.of(engine -> engine.readStream(numerals).selectExpr("n + 0 AS n"))
                .variation(variation)
                .checkpoint(checkpoint);
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void aBadRowIsInTheSinkWithItsPlaceAndReason(Variation variation) {
        try (StreamScript script = script(variation).writer(writer -> writer.badRows(bad.sink()))) {
            numerals.add("1", "two", "3", "4", "five", "six", "7");
            script.start();
            script.query().processAllAvailable();
            script.expect(row(1), row(3), row(4), row(7)).restart();
            numerals.add("eight", "9");
            script.query().processAllAvailable();
            script.expect(row(9));
        }
        assertThat(Rows.of(bad.batches()))
                .containsExactly(
                        row("numerals", "position 1", "no INT", "two"),
                        row("numerals", "position 4", "no INT", "five"),
                        row("numerals", "position 5", "no INT", "six"),
                        row("numerals", "position 7", "no INT", "eight"));
    }

    @Test
    void progressTellsHowManyWentWhere() {
        try (StreamScript script = script(Variation.DEFAULT).writer(writer -> writer.badRows(bad.sink()))) {
            numerals.add("1", "two", "3");
            script.start().expect(row(1), row(3)).stop().expectProgress(progress -> {
                assertThat(progress.numInputRows()).isEqualTo(2);
                assertThat(progress.sources().get(0).numMalformedRows()).isZero();
                assertThat(progress.sideSinks()).containsExactly(new SideSinkProgress("badRows", "memory table", 1));
            });
        }
    }

    @Test
    void withoutASinkTheReadersModeDecides() {
        try (StreamScript script = script(Variation.DEFAULT)) {
            numerals.add("1", "two", "3");
            script.start().expect(row(1), row(3)).stop().expectProgress(progress -> {
                assertThat(progress.sources().get(0).numMalformedRows()).isEqualTo(1);
                assertThat(progress.sideSinks()).isEmpty();
            });
        }
    }
}
