package io.rivulet.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.Field;
import io.rivulet.type.MapType;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnBuilderTest {
    private static final Schema POINT =
            Schema.of(Field.of("x", DataType.INT), Field.of("names", new ArrayType(DataType.STRING)));

    static List<DataType> types() {
        return List.of(
                DataType.NULL,
                DataType.BOOLEAN,
                DataType.TINYINT,
                DataType.SMALLINT,
                DataType.INT,
                DataType.BIGINT,
                DataType.FLOAT,
                DataType.DOUBLE,
                new DecimalType(38, 4),
                DataType.STRING,
                DataType.BINARY,
                new ArrayType(new ArrayType(DataType.BIGINT)),
                new MapType(DataType.STRING, DataType.DOUBLE),
                new StructType(POINT));
    }

    private static @Nullable Object value(DataType type, Random random) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        int n = random.nextInt(100);
        if (type instanceof ArrayType array) {
            List<@Nullable Object> list = new ArrayList<>();
            IntStream.range(0, random.nextInt(4)).forEach(i -> list.add(value(array.element(), random)));
            return list;
        }
        return switch (type.physical()) {
            case NULL -> null;
            case BOOLEAN -> n % 2 == 0;
            case BYTE -> (byte) n;
            case SHORT -> (short) n;
            case INT -> n;
            case LONG -> (long) n << 33;
            case FLOAT -> n / 4f;
            case DOUBLE -> n / 8.0;
            case DECIMAL128 -> new BigDecimal("12345678901234567890.1234").multiply(BigDecimal.valueOf(n));
            case BYTES -> type == DataType.STRING ? "ä".repeat(n % 3) + n : new byte[] {(byte) n, -1};
            case MAP -> n % 3 == 0 ? Map.of() : Map.of("k" + n, n / 2.0);
            case STRUCT -> Arrays.asList(n, n % 2 == 0 ? null : List.of("n" + n, ""));
            case ARRAY -> throw new AssertionError();
        };
    }

    private static List<@Nullable String> texts(ColumnVector vector) {
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < vector.size(); i++) {
            Object value = vector.objectAt(i);
            texts.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value));
        }
        return texts;
    }

    @ParameterizedTest
    @MethodSource("types")
    void rowsOfAnotherBuilderAreThoseThatWereAppendedThere(DataType type) {
        Random random = new Random(20261121);
        for (int round = 0; round < 50; round++) {
            ColumnBuilder expected = new ColumnBuilder(type, 1);
            ColumnBuilder source = new ColumnBuilder(type, 2);
            ColumnBuilder copy = new ColumnBuilder(type, 1);
            if (round % 2 == 0) {
                copy.build(); // without memory of its own now
            }
            for (int piece = 0; piece < 6; piece++) {
                int rows = random.nextInt(90);
                int from = random.nextInt(rows + 1);
                int to = from + random.nextInt(rows - from + 1);
                for (int i = 0; i < rows; i++) {
                    Object value = value(type, random);
                    source.append(value);
                    if (i >= from && i < to) {
                        expected.append(value);
                    }
                }
                copy.appendAll(source, from, to);
                if (random.nextBoolean()) {
                    Object value = value(type, random); // goes on behind what was copied
                    expected.append(value);
                    copy.append(value);
                }
                source.clear();
            }
            assertThat(copy.usedBytes()).isEqualTo(expected.usedBytes());
            assertThat(texts(copy.build())).isEqualTo(texts(expected.build()));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void itStartsAfreshWithoutWhatWasThere(DataType type) {
        Random random = new Random(7);
        ColumnBuilder builder = new ColumnBuilder(type, 3);
        for (int round = 0; round < 5; round++) {
            assertThat(builder.usedBytes()).isZero();
            assertThat(builder.build().size()).isZero();
            builder.truncate(0);
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                values.add(value(type, random));
            }
            values.forEach(builder::append);
            builder.clear();
            values.forEach(builder::append);
            ColumnVector first = builder.build(1 + round);
            List<@Nullable String> before = texts(first);
            values.forEach(builder::append);
            assertThat(texts(first)).as("arrays of its own").isEqualTo(before);
            assertThat(texts(builder.build())).isEqualTo(before);
        }
    }

    @Test
    void nullsThatWereTakenBackLeaveNoTrace() {
        ColumnBuilder builder = new ColumnBuilder(new StructType(POINT), 1);
        builder.append(Arrays.asList(null, null));
        builder.appendNull();
        builder.clear();
        builder.append(List.of(1, List.of("a")));
        StructVector built = (StructVector) builder.build();
        assertThat(built.allPresent()).isTrue();
        assertThat(built.child(0).allPresent()).isTrue();
        assertThat(built.child(1).allPresent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "abcdefgh", "später", "日本", "end\uD83D\uDE00", "lone \uD800 surrogate", "\u007f\u0080"})
    void textIsUtf8HoweverLongItIs(String text) {
        ColumnBuilder builder = new ColumnBuilder(DataType.STRING, 1);
        builder.build();
        String longer = "x".repeat(200) + text;
        builder.appendString(text);
        builder.appendString(longer);
        builder.append(text);
        String read = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(texts(builder.build())).containsExactly(read, "x".repeat(200) + read, read);
    }

    @Test
    void whatIsUsedIsAboutWhatTheColumnsTake() {
        assertThat(used(DataType.BOOLEAN, true)).isEqualTo(8);
        assertThat(used(DataType.BIGINT, 1L)).isEqualTo(8);
        assertThat(used(new DecimalType(38, 2), BigDecimal.ONE)).isEqualTo(16);
        assertThat(used(DataType.STRING, "größer")).isEqualTo(4 + 8);
        assertThat(used(new ArrayType(DataType.INT), List.of(1, 2))).isEqualTo(4 + 16);
        assertThat(used(new StructType(POINT), List.of(1, List.of("a", "b")))).isEqualTo(4 + 8 + 4 + 10);
    }

    private static long used(DataType type, Object value) {
        ColumnBuilder builder = new ColumnBuilder(type, 1);
        builder.append(value);
        return builder.usedBytes();
    }
}
