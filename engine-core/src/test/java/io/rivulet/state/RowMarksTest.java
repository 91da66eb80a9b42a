package io.rivulet.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowMarksTest {
    private static RowMarks random(Random random, int rows, BitSet model) {
        RowMarks marks = new RowMarks();
        marks.ensureRoom(rows);
        boolean mostly = random.nextBoolean();
        for (int row = 0; row < rows; row++) {
            if (random.nextInt(10) < (mostly ? 9 : 2) || (mostly && row < 130)) {
                marks.set(row);
                model.set(row);
            }
        }
        return marks;
    }

    private static void requireSame(RowMarks marks, BitSet model, int rows) {
        int[] into = new int[rows];
        int count = marks.rows(0, rows, into);
        assertThat(Arrays.copyOf(into, count)).isEqualTo(model.stream().toArray());
        assertThat(marks.count(rows)).isEqualTo(model.cardinality());
    }

    @Test
    void runsAreCopiedTakenAndClearedWhereverTheyBegin() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            int rows = 1 + random.nextInt(400);
            BitSet model = new BitSet();
            BitSet others = new BitSet();
            RowMarks marks = random(random, rows, model);
            RowMarks from = random(random, rows, others);
            int count = random.nextInt(rows + 1);
            int first = random.nextInt(rows - count + 1);
            int fromFirst = random.nextInt(rows - count + 1);
            if (random.nextBoolean()) {
                marks.clear(first, count);
                model.clear(first, first + count);
            }
            boolean instead = random.nextBoolean();
            if (instead) {
                marks.copy(first, from, fromFirst, count);
            } else {
                marks.join(first, marks, first, from, fromFirst, count);
            }
            for (int row = 0; row < count; row++) {
                boolean other = others.get(fromFirst + row);
                model.set(first + row, other || (!instead && model.get(first + row)));
            }
            requireSame(marks, model, rows);
        }
    }

    @Test
    void rowsAreGivenFromOneOnUntilTheArrayIsFull() {
        Random random = new Random(11);
        for (int i = 0; i < 500; i++) {
            int rows = 1 + random.nextInt(300);
            BitSet model = new BitSet();
            RowMarks marks = random(random, rows, model);
            int from = random.nextInt(rows);
            int[] into = new int[1 + random.nextInt(150)];
            int count = marks.rows(from, rows, into);
            assertThat(Arrays.copyOf(into, count))
                    .isEqualTo(model.stream()
                            .filter(row -> row >= from)
                            .limit(into.length)
                            .toArray());
        }
    }
}
