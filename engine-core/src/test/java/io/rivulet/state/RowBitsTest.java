package io.rivulet.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowBitsTest {
    private static RowBits random(Random random, int rows, BitSet model) {
        RowBits bits = new RowBits();
        bits.ensureRoom(rows);
        boolean mostly = random.nextBoolean();
        for (int row = 0; row < rows; row++) {
            if (random.nextInt(10) < (mostly ? 9 : 2) || (mostly && row < 130)) {
                bits.set(row);
                model.set(row);
            }
        }
        return bits;
    }

    @Test
    void rowsAreGivenFromOneOnUntilTheArrayIsFull() {
        Random random = new Random(11);
        for (int i = 0; i < 500; i++) {
            int rows = 1 + random.nextInt(300);
            BitSet model = new BitSet();
            RowBits bits = random(random, rows, model);
            assertThat(bits.count()).isEqualTo(model.cardinality());
            int from = random.nextInt(rows);
            int[] into = new int[1 + random.nextInt(150)];
            int count = bits.rows(from, rows, into);
            assertThat(Arrays.copyOf(into, count))
                    .isEqualTo(model.stream()
                            .filter(row -> row >= from)
                            .limit(into.length)
                            .toArray());
        }
    }
}
