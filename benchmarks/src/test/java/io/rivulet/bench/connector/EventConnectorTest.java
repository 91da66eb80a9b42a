package io.rivulet.bench.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.bench.workload.Answer;
import io.rivulet.bench.workload.EventFill;
import io.rivulet.bench.workload.RowChecksum;
import io.rivulet.connector.BadRows;
import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.SplitReader;
import io.rivulet.connector.WriteContext;
import io.rivulet.error.RivuletException;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.SimpleType;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.ConstantVector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Selection;
import io.rivulet.vector.Validity;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventConnectorTest {
    private static final EventFill FILL = new EventFill(10, 200);

    @Test
    void offsetsAdvanceByTheLimitUpToTheLastEvent() {
        EventSource source = new EventSource(FILL, 100, events -> {});
        assertThat(source.latest(source.initial(), new ReadLimit(60, Long.MAX_VALUE, 1)))
                .isEqualTo(new Offset("60"));
        assertThat(source.latest(new Offset("60"), ReadLimit.ALL)).isEqualTo(new Offset("100"));
        assertThat(source.latest(new Offset("100"), ReadLimit.ALL)).isEqualTo(new Offset("100"));
        // a limit below a row does not stop the query
        assertThat(source.latest(source.initial(), new ReadLimit(60, 1, 1))).isEqualTo(new Offset("1"));
    }

    @Test
    void splitsCoverTheRangeInOrderWhateverTheParallelism() {
        EventSource source = new EventSource(FILL, 1_000_000, events -> {});
        for (int parallelism : new int[] {1, 2, 3, 64}) {
            long next = 11;
            for (EventSource.Range range : source.splits(new Offset("11"), new Offset("50000"), parallelism)) {
                assertThat(range.from()).isEqualTo(next);
                assertThat(range.estimatedRows()).isPositive();
                next = range.to();
            }
            assertThat(next).isEqualTo(50_000);
        }
        assertThat(source.splits(new Offset("7"), new Offset("7"), 2)).isEmpty();
    }

    @Test
    void aReaderGivesTheWantedColumnsOnly() {
        Schema wanted = EventSource.SCHEMA.select(1, 3);
        ReadContext context = new ReadContext(wanted, new int[] {1, 3}, 4, ZoneOffset.UTC, BadRows.droppedTo(() -> {}));
        List<List<Object>> rows = new ArrayList<>();
        try (SplitReader reader =
                new EventSource(FILL, 100, events -> {}).reader(new EventSource.Range(0, 6), context)) {
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                assertThat(batch.schema()).isEqualTo(wanted);
                assertThat(batch.size()).isLessThanOrEqualTo(4);
                for (int row = 0; row < batch.size(); row++) {
                    rows.add(List.of(
                            ((LongVector) batch.column(0)).values()[row],
                            batch.column(1).objectAt(row)));
                }
            }
        }
        long[] key = new long[6];
        FILL.fill(0, 6, null, key, null, null);
        for (int i = 0; i < 6; i++) {
            assertThat(rows.get(i)).isEqualTo(List.<Object>of(key[i], i % 4));
        }
        assertThat(rows).hasSize(6);
    }

    @Test
    void theSinkReportsTheRowsOfAllTasksOnceABatch() {
        Schema schema = Schema.of(Field.of("w", SimpleType.TIMESTAMP), Field.of("x", SimpleType.DOUBLE));
        List<String> reported = new ArrayList<>();
        ChecksumSink sink = new ChecksumSink(schema, (batch, rows) -> reported.add(batch + ":" + rows));
        ColumnVector window = new ConstantVector(longs(77), 3);
        ColumnBatch first = new ColumnBatch(schema, new ColumnVector[] {window, doubles(1, 2, 3)}, 3);
        ColumnBatch second = first.select(new Selection(new int[] {2, 99}, 1));

        SinkMessage one = written(sink, first);
        SinkMessage two = sink.decode(written(sink, second).encode());
        sink.commit(4, List.of(one, two));
        sink.commit(4, List.of(one, two));

        RowChecksum expected = new RowChecksum(4);
        expected.begin(4);
        expected.field(77);
        expected.field(new double[] {1, 2, 3, 3});
        expected.end();
        assertThat(reported).containsExactly("4:" + expected.answer());
        assertThat(expected.answer().rows()).isEqualTo(4);
    }

    @Test
    void anAttemptWithoutRowsHasAMessageToo() {
        List<Answer> reported = new ArrayList<>();
        ChecksumSink sink = new ChecksumSink(Schema.EMPTY, (batch, rows) -> reported.add(rows));
        sink.commit(0, List.of(sink.writer(new WriteContext(0, 0, 0)).prepare()));
        assertThat(reported).containsExactly(Answer.NONE);
    }

    @Test
    void theSinkRefusesWhatItCannotCheckOff() {
        Schema text = Schema.of(Field.of("s", SimpleType.STRING));
        assertThatThrownBy(() -> new ChecksumSink(text, (batch, rows) -> {}))
                .isInstanceOf(RivuletException.class)
                .hasMessageContaining("TYPE_MISMATCH");

        Schema schema = Schema.of(Field.of("x", SimpleType.DOUBLE));
        SinkWriter writer = new ChecksumSink(schema, (batch, rows) -> {}).writer(new WriteContext(0, 0, 0));
        ColumnVector withNull = new DoubleVector(SimpleType.DOUBLE, new double[2], 2, Validity.of(new long[] {1}, 2));
        assertThatThrownBy(() -> writer.write(new ColumnBatch(schema, new ColumnVector[] {withNull}, 2)))
                .hasMessageContaining("no nulls");
    }

    private static SinkMessage written(ChecksumSink sink, ColumnBatch batch) {
        SinkWriter writer = sink.writer(new WriteContext(4, 0, 0));
        writer.write(batch);
        return writer.prepare();
    }

    private static LongVector longs(long... values) {
        return new LongVector(SimpleType.TIMESTAMP, values, values.length, Validity.ALL_PRESENT);
    }

    private static DoubleVector doubles(double... values) {
        return new DoubleVector(SimpleType.DOUBLE, values, values.length, Validity.ALL_PRESENT);
    }
}
