package io.rivulet.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WindowTableTest {
    @Test
    void keyZeroIsAKeyLikeOthers() {
        assertThat(table(0, 5, 0).drain(1)).isEqualTo(rows(1, 0, 2, 2, 1, 5, 1, 1, 1));
    }

    @Test
    void negativeValuesHaveAMaximum() {
        WindowTable table = new WindowTable(1);
        table.add(new long[] {3, 3}, new double[] {-4, -2}, 0, 2, new int[2]);
        assertThat(table.drain(1)).isEqualTo(rows(1, 3, 2, -6, -2));
    }

    @Test
    void mergedTablesOfDifferentSizesHoldBothsRows() {
        WindowTable small = table(1, 2);
        WindowTable large = new WindowTable(100_000);
        large.add(new long[] {2, 3}, new double[] {1, 1}, 0, 2, new int[2]);
        small.merge(large);
        assertThat(small.drain(1)).isEqualTo(rows(1, 1, 1, 1, 1, 2, 2, 2, 1, 3, 1, 1, 1));
        assertThat(large.drain(1)).isEqualTo(Answer.NONE);
    }

    @Test
    void aDrainedTableIsAsNew() {
        WindowTable table = table(1, 2, 3);
        table.drain(1);
        table.add(new long[] {2}, new double[] {-1}, 0, 1, new int[1]);
        assertThat(table.drain(9)).isEqualTo(rows(9, 2, 1, -1, -1));
    }

    /** A row of value 1 for each key. */
    private static WindowTable table(long... keys) {
        WindowTable table = new WindowTable(1);
        double[] ones = new double[keys.length];
        Arrays.fill(ones, 1);
        table.add(keys, ones, 0, keys.length, new int[keys.length]);
        return table;
    }

    /** @param groups key, count, sum, max of each group */
    private static Answer rows(long window, long... groups) {
        Answer total = Answer.NONE;
        for (int i = 0; i < groups.length; i += 4) {
            total = total.plus(ReferenceAnswers.windowRow(
                    window, groups[i], groups[i + 1], (double) groups[i + 2], (double) groups[i + 3]));
        }
        return total;
    }
}
