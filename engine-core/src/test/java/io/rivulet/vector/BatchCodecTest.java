package io.rivulet.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.error.RivuletException;
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.Field;
import io.rivulet.type.MapType;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchCodecTest {
    private static final Schema POINT =
            Schema.of(Field.of("x", DataType.INT), Field.of("names", new ArrayType(DataType.STRING)));
    private static final Schema ALL = Schema.of(
            Field.of("bool", DataType.BOOLEAN),
            Field.of("tiny", DataType.TINYINT),
            Field.of("small", DataType.SMALLINT),
            Field.of("int", DataType.INT),
            Field.of("big", DataType.BIGINT),
            Field.of("float", DataType.FLOAT),
            Field.of("double", DataType.DOUBLE),
            Field.of("short decimal", new DecimalType(10, 2)),
            Field.of("long decimal", new DecimalType(38, 4)),
            Field.of("string", DataType.STRING),
            Field.of("binary", DataType.BINARY),
            Field.of("date", DataType.DATE),
            Field.of("timestamp", DataType.TIMESTAMP),
            Field.of("ntz", DataType.TIMESTAMP_NTZ),
            Field.of("months", DataType.INTERVAL_YEAR_MONTH),
            Field.of("time", DataType.INTERVAL_DAY_TIME),
            Field.of("array", new ArrayType(DataType.BIGINT)),
            Field.of("map", new MapType(DataType.STRING, DataType.DOUBLE)),
            Field.of("struct", new StructType(POINT)),
            Field.of("nothing", DataType.NULL));

    private static Object[] values() {
        return new Object[] {
            true,
            (byte) -3,
            (short) 300,
            -70_000,
            1L << 40,
            1.5f,
            -0.0,
            new BigDecimal("12345678.90"),
            new BigDecimal("-1234567890123456789012345678901234.5678"),
            "straße\n",
            new byte[] {0, -1, 7},
            LocalDate.of(1969, 12, 31),
            Instant.parse("2001-01-01T00:47:00.000001Z"),
            LocalDateTime.of(2001, 1, 1, 0, 47),
            Period.of(1, 2, 0),
            Duration.ofMillis(-1),
            Arrays.asList(1L, null, 3L),
            Map.of("k", 2.0),
            new Row(POINT, new Object[] {7, List.of("a", "")}),
            null
        };
    }

    private static ColumnBatch batch(int rows, Random random) {
        ColumnBuilder[] builders = ColumnBuilder.forSchema(ALL, 1);
        Object[] values = values();
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < values.length; c++) {
                builders[c].append(random.nextInt(4) == 0 ? null : values[c]);
            }
        }
        ColumnVector[] columns = new ColumnVector[builders.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = builders[c].build();
        }
        return new ColumnBatch(ALL, columns, rows);
    }

    private static List<Row> rows(ColumnBatch batch) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < batch.rowCount(); i++) {
            rows.add(batch.row(i));
        }
        return rows;
    }

    @Test
    void everyTypeComesBackAsItWas() {
        for (int rows : new int[] {0, 1, 2, 64, 65, 200}) {
            ColumnBatch batch = batch(rows, new Random(rows));
            ColumnBatch back = BatchCodec.decode(ALL, BatchCodec.encode(batch));
            assertThat(back.size()).isEqualTo(rows);
            assertThat(rows(back)).isEqualTo(rows(batch));
        }
    }

    @Test
    void onlySelectedRowsAreWrittenAndEncodedVectorsAreFlattened() {
        ColumnBatch ten = batch(10, new Random(1));
        ColumnBatch some = ten.select(new Selection(new int[] {1, 4, 9}, 3));
        assertThat(rows(BatchCodec.decode(ALL, BatchCodec.encode(some)))).isEqualTo(rows(some));

        ColumnBuilder text = new ColumnBuilder(DataType.STRING, 2);
        text.append("only");
        text.append(null);
        ColumnVector dictionary = text.build();
        Schema two = Schema.of(Field.of("c", DataType.STRING), Field.of("d", DataType.STRING));
        ColumnBatch encoded = new ColumnBatch(
                two,
                new ColumnVector[] {
                    new ConstantVector(dictionary, 3), new DictionaryVector(dictionary, new int[] {1, 0, 1}, 3)
                },
                3);
        assertThat(rows(BatchCodec.decode(two, BatchCodec.encode(encoded)))).isEqualTo(rows(encoded));
    }

    @Test
    void damageAnywhereIsNamed() {
        byte[] good = BatchCodec.encode(batch(3, new Random(2)));
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x11;
            assertThatThrownBy(() -> BatchCodec.decode(ALL, bad))
                    .isInstanceOf(RivuletException.class)
                    .hasMessageContaining("CHECKPOINT_");
            byte[] torn = Arrays.copyOf(good, i);
            assertThatThrownBy(() -> BatchCodec.decode(ALL, torn)).hasMessageContaining("[CHECKPOINT_CORRUPT]");
        }
        byte[] newer = good.clone();
        newer[4] = 2;
        assertThatThrownBy(() -> BatchCodec.decode(ALL, newer)).hasMessageContaining("[CHECKPOINT_VERSION]");
        assertThatThrownBy(() -> BatchCodec.decode(POINT, good)).hasMessageContaining("[BAD_SCHEMA]");
    }

    @Test
    void rowsTakenBackLeaveNoTrace() {
        ColumnBuilder[] builders = ColumnBuilder.forSchema(ALL, 1);
        Object[] values = values();
        for (int c = 0; c < builders.length; c++) {
            builders[c].append(values[c]);
            builders[c].append(c % 2 == 0 ? null : values[c]);
            builders[c].truncate(1);
            builders[c].append(null);
            builders[c].append(values[c]);
            ColumnVector built = builders[c].build();
            assertThat(built.size()).isEqualTo(3);
            assertThat(built.objectAt(0)).isEqualTo(values[c]);
            assertThat(built.objectAt(1)).isNull();
            assertThat(built.objectAt(2)).isEqualTo(values[c]);
        }
    }
}
