package io.rivulet.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.memory.MemoryPool;
import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to look keys up against a map: the same key has the same row, and no other has it. */
class KeyLookupTest {
    private final MemoryPool pool = MemoryPool.root("test", Long.MAX_VALUE);

    private static @Nullable Object number(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> random.nextLong();
            case 2 -> (long) -random.nextInt(50);
            case 3 -> (long) random.nextInt(200_000);
            default -> (long) random.nextInt(300);
        };
    }

    /** Texts that are alike but for a letter somewhere, of all lengths around the words of eight bytes. */
    private static @Nullable Object text(Random random) {
        if (random.nextInt(20) == 0) {
            return null;
        }
        char[] letters = new char[random.nextInt(28)];
        Arrays.fill(letters, 'a');
        if (letters.length > 0) {
            letters[random.nextInt(letters.length)] = random.nextInt(10) == 0 ? 'ä' : 'b';
        }
        return new String(letters);
    }

    static Stream<Arguments> keys() {
        Function<Random, @Nullable Object> numbers = KeyLookupTest::number;
        Function<Random, @Nullable Object> texts = KeyLookupTest::text;
        Function<Random, @Nullable Object> doubles =
                random -> random.nextInt(9) == 0 ? null : (Object) (random.nextInt(100) / 8.0 - 3);
        Function<Random, @Nullable Object> decimals =
                random -> random.nextInt(9) == 0 ? null : BigDecimal.valueOf(random.nextInt(500) - 99);
        DataType wide = new io.rivulet.type.DecimalType(38, 0);
        return Stream.of(
                Arguments.of(List.of(DataType.BIGINT), List.of(numbers)),
                Arguments.of(List.of(DataType.STRING), List.of(texts)),
                Arguments.of(List.of(DataType.DOUBLE), List.of(doubles)),
                Arguments.of(List.of(wide), List.of(decimals)),
                Arguments.of(List.of(DataType.STRING, DataType.BIGINT), List.of(texts, numbers)),
                Arguments.of(List.of(DataType.BIGINT, DataType.STRING), List.of(numbers, texts)),
                Arguments.of(List.of(DataType.BIGINT, DataType.BIGINT), List.of(numbers, numbers)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void theSameKeyHasTheSameRow(List<DataType> types, List<Function<Random, @Nullable Object>> values) {
        List<StateColumn> columns = new ArrayList<>();
        for (int c = 0; c < types.size(); c++) {
            columns.add(StateColumn.key("k" + c, types.get(c), true));
        }
        TableSpec spec = new TableSpec("op", columns, List.of(StateColumn.value("n", DataType.BIGINT, 5)));
        for (long seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            try (StateTable table = new StateTable(spec, pool)) {
                TableBucket bucket = table.bucket(0);
                KeyBatch batch = new KeyBatch(types.size());
                Map<List<@Nullable Object>, Integer> known = new HashMap<>();
                for (int round = 0; round < 12; round++) {
                    boolean withNulls = random.nextInt(3) > 0;
                    List<List<@Nullable Object>> keys = new ArrayList<>();
                    while (keys.size() < 200) {
                        List<@Nullable Object> key = new ArrayList<>();
                        values.forEach(value -> key.add(value.apply(random)));
                        if (withNulls || !key.contains(null)) {
                            keys.add(key);
                        }
                    }
                    batch.load(vectors(types, keys), keys.size());
                    int[] chosen = random.nextBoolean() ? null : chosen(random, keys.size());
                    int count = chosen == null ? keys.size() : chosen.length;
                    int[] rows = new int[count];
                    bucket.locate(batch, chosen, count, rows);
                    for (int i = 0; i < count; i++) {
                        List<@Nullable Object> key = keys.get(chosen == null ? i : chosen[i]);
                        Integer before = known.putIfAbsent(key, rows[i]);
                        assertThat(rows[i]).as("%s, seed %d", key, seed).isEqualTo(before == null ? rows[i] : before);
                    }
                    assertThat(bucket.size()).isEqualTo(known.size());
                    assertThat(known.values()).doesNotHaveDuplicates();
                }
                known.forEach((key, row) -> {
                    for (int c = 0; c < types.size(); c++) {
                        assertThat(bucket.column(c, new int[] {row}, 1).objectAt(0))
                                .isEqualTo(key.get(c));
                    }
                });
            }
        }
        assertThat(pool.reserved()).isZero();
    }

    private static int[] chosen(Random random, int size) {
        return random.ints(random.nextInt(size), 0, size).sorted().distinct().toArray();
    }

    private static ColumnVector[] vectors(List<DataType> types, List<List<@Nullable Object>> keys) {
        ColumnVector[] vectors = new ColumnVector[types.size()];
        for (int c = 0; c < vectors.length; c++) {
            ColumnBuilder builder = new ColumnBuilder(types.get(c), keys.size());
            for (List<@Nullable Object> key : keys) {
                builder.append(key.get(c));
            }
            vectors[c] = builder.build();
        }
        return vectors;
    }

    @Test
    void runsOfBytesAreTheSameOrNot() {
        Random random = new Random(3);
        for (int length = 0; length < 40; length++) {
            for (int differs = -1; differs < length; differs++) {
                byte[] a = new byte[length + 9];
                random.nextBytes(a);
                byte[] b = new byte[length + 5];
                System.arraycopy(a, 4, b, 2, length);
                if (differs >= 0) {
                    b[2 + differs] ^= 64;
                }
                assertThat(KeyHash.same(a, 4, b, 2, length)).isEqualTo(differs < 0);
                assertThat(KeyHash.lookupWord(a, 4, length) == KeyHash.lookupWord(b, 2, length))
                        .isEqualTo(differs < 0);
            }
        }
    }

    @Test
    void lookupWordsOfSimilarTextsSpreadOverTheSlots() {
        int slots = 1 << 14;
        int[] used = new int[slots];
        for (int i = 0; i < slots / 2; i++) {
            byte[] text = ("customer " + i).getBytes(StandardCharsets.UTF_8);
            long tag = KeyHash.fold(KeyHash.SEED, KeyHash.lookupWord(text, 0, text.length));
            used[(int) tag & (slots - 1)]++;
        }
        // of half as many keys as slots, a random hash leaves 60.7 % of the slots empty
        assertThat(Arrays.stream(used).filter(n -> n == 0).count()).isBetween(9_600L, 10_300L);
        assertThat(Arrays.stream(used).max().orElse(0)).isLessThan(9);
    }

    /** What checkpoints and partitions depend on: the hash of text is that of its komihash, whatever tables look up by. */
    @Test
    void theHashOfTextIsPinned() {
        KeyBatch batch = new KeyBatch(2);
        batch.load(
                vectors(
                        List.of(DataType.STRING, DataType.BIGINT),
                        List.of(List.of("customer 7", 7L), Arrays.asList(null, 8L))),
                2);
        byte[] text = "customer 7".getBytes(StandardCharsets.UTF_8);
        long word = com.dynatrace.hash4j.hashing.Hashing.komihash5_0().hashBytesToLong(text, 0, text.length);
        assertThat(batch.hashes()[0]).isEqualTo(KeyHash.fold(KeyHash.fold(KeyHash.SEED, word), 7));
        assertThat(batch.hashes()[1]).isEqualTo(KeyHash.fold(KeyHash.fold(KeyHash.SEED, KeyHash.NULL_WORD), 8));
        assertThat(batch.tags()[0]).isNotEqualTo(batch.hashes()[0]);
    }
}
