package io.rivulet.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.connector.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SharesTest {
    private record Rows(int number, long estimatedRows) implements Split {}

    @Test
    void everySplitGoesToOneTaskInOrder() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<Split> splits = new ArrayList<>();
            for (int i = 0; i < random.nextInt(20); i++) {
                splits.add(new Rows(i, random.nextInt(1000)));
            }
            int tasks = 1 + random.nextInt(5);
            List<Split> together = new ArrayList<>();
            for (int t = 0; t < tasks; t++) {
                together.addAll(Shares.of(splits, t, tasks));
            }
            assertThat(together).isEqualTo(splits);
        }
    }

    @Test
    void evenSplitsAreSharedEvenly() {
        List<Split> splits = List.of(new Rows(0, 5), new Rows(1, 5), new Rows(2, 5), new Rows(3, 5));
        assertThat(Shares.of(splits, 0, 2)).hasSize(2);
        assertThat(Shares.of(splits, 1, 2)).hasSize(2);
    }
}
