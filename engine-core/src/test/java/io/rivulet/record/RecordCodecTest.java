package io.rivulet.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Selection;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    enum Kind {
        SMALL,
        LARGE
    }

    record Point(int x, @Nullable Integer y) {}

    record All(
            boolean flag,
            long count,
            double mean,
            @Nullable String name,
            Instant at,
            LocalDate day,
            Duration gap,
            BigDecimal price,
            Kind kind,
            Point point,
            List<Point> path,
            Map<String, Integer> tags,
            Optional<String> note) {}

    private static final All FULL = new All(
            true,
            7,
            1.5,
            "ä",
            Instant.ofEpochSecond(5),
            LocalDate.of(2024, 2, 29),
            Duration.ofSeconds(3),
            new BigDecimal("1.500000000000000000"),
            Kind.LARGE,
            new Point(1, null),
            List.of(new Point(1, 2), new Point(3, 4)),
            Map.of("a", 1),
            Optional.of("n"));

    @Test
    void recordsGoToColumnsAndBack() {
        RecordCodec<All> codec = RecordCodec.of(All.class);
        All empty = new All(
                false,
                0,
                0,
                null,
                Instant.EPOCH,
                LocalDate.EPOCH,
                Duration.ZERO,
                new BigDecimal("0E-18"),
                Kind.SMALL,
                new Point(0, 0),
                List.of(),
                Map.of(),
                Optional.empty());
        ColumnBatch batch = codec.write(List.of(FULL, empty));
        assertThat(codec.read(batch)).containsExactly(FULL, empty);
        assertThat(codec.read(batch.select(new Selection(new int[] {1}, 1)))).containsExactly(empty);
        assertThat(codec.read(batch.row(0))).isEqualTo(FULL);
        assertThat(codec.schema().field(0)).isEqualTo(Field.required("flag", DataType.BOOLEAN));
        assertThat(codec.schema().field(3)).isEqualTo(Field.of("name", DataType.STRING));
    }

    @Test
    void columnsAreFoundByNameAndWidened() {
        Schema schema = Schema.of(
                Field.of("other", DataType.STRING), Field.of("Y", DataType.SMALLINT), Field.of("X", DataType.TINYINT));
        assertThat(RecordCodec.of(Point.class).read(batch(schema, "o", 2, 1))).containsExactly(new Point(1, 2));
    }

    private static ColumnBatch batch(Schema schema, @Nullable Object... values) {
        ColumnVector[] columns = new ColumnVector[values.length];
        for (int i = 0; i < columns.length; i++) {
            ColumnBuilder builder = new ColumnBuilder(schema.type(i), 1);
            builder.append(values[i]);
            columns[i] = builder.build();
        }
        return new ColumnBatch(schema, columns, 1);
    }

    record Bad(Thread thread) {}

    record Endless(int depth, Endless next) {}

    record Counts(Map<String, Integer> byName) {}

    @Test
    void noKeyOfAMapIsNull() {
        Map<String, Integer> counts = new HashMap<>();
        counts.put(null, 1);
        assertThatThrownBy(() -> RecordCodec.of(Counts.class).write(List.of(new Counts(counts))))
                .hasMessageContaining("TYPE_MISMATCH")
                .hasMessageContaining("component 'byName' of Counts")
                .hasMessageContaining("MAP<STRING, INT>");
    }

    @Test
    void errorsNameTheComponent() {
        assertThatThrownBy(() -> RecordCodec.of(Bad.class))
                .hasMessageContaining("component 'thread' of Bad")
                .extracting("code")
                .isEqualTo(ErrorCode.BAD_SCHEMA);
        assertThatThrownBy(() -> RecordCodec.of(Endless.class)).hasMessageContaining("within itself");
        Schema wide = Schema.of(Field.of("x", DataType.BIGINT), Field.of("y", DataType.INT));
        assertThatThrownBy(() -> RecordCodec.of(Point.class).read(batch(wide, 1L, 1)))
                .hasMessageContaining("component 'x' of Point")
                .hasMessageContaining("BIGINT");
        Schema narrow = Schema.of(Field.of("x", DataType.INT));
        assertThatThrownBy(() -> RecordCodec.of(Point.class).read(batch(narrow, 1)))
                .hasMessageContaining("'y'")
                .extracting("code")
                .isEqualTo(ErrorCode.UNKNOWN_COLUMN);
        Schema schema = Schema.of(Field.of("x", DataType.INT), Field.of("y", DataType.INT));
        assertThatThrownBy(() -> RecordCodec.of(Point.class).read(batch(schema, null, 1)))
                .hasMessageContaining("component 'x' of Point is a int and cannot take a null");
    }
}
