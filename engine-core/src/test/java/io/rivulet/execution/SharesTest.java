package io.rivulet.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.connector.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SharesTest {
    private record Rows(int number, long estimatedRows) implements Split {}

    private static final List<String> SOURCES = List.of("a", "b", "c");

    @Test
    void everySplitGoesToOneTaskInTheOrderOfSources() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Map<String, List<Split>> splits = new HashMap<>();
            List<Split> expected = new ArrayList<>();
            for (String source : SOURCES) {
                List<Split> own = new ArrayList<>();
                for (int i = 0; i < random.nextInt(20); i++) {
                    own.add(new Rows(i, random.nextInt(1000)));
                }
                expected.addAll(own);
                if (!own.isEmpty()) {
                    splits.put(source, own);
                }
            }
            int tasks = 1 + random.nextInt(5);
            List<Split> together = new ArrayList<>();
            for (int t = 0; t < tasks; t++) {
                Map<String, List<Split>> own = Shares.of(SOURCES, splits, t, tasks);
                SOURCES.forEach(source -> together.addAll(own.getOrDefault(source, List.of())));
            }
            assertThat(together).isEqualTo(expected);
        }
    }

    @Test
    void evenSplitsAreSharedEvenly() {
        List<Split> splits = List.of(new Rows(0, 5), new Rows(1, 5), new Rows(2, 5), new Rows(3, 5));
        assertThat(Shares.of(SOURCES, Map.of("a", splits), 0, 2).get("a")).hasSize(2);
        assertThat(Shares.of(SOURCES, Map.of("a", splits), 1, 2).get("a")).hasSize(2);
    }

    @Test
    void sourcesAreSharedTogether() {
        Map<String, List<Split>> splits = Map.of(
                "a", List.of(new Rows(0, 10)),
                "b", List.of(new Rows(0, 10), new Rows(1, 10)),
                "c", List.of(new Rows(0, 10)));
        assertThat(Shares.of(SOURCES, splits, 0, 2).keySet()).containsExactly("a", "b");
        assertThat(Shares.of(SOURCES, splits, 1, 2).keySet()).containsExactly("b", "c");
    }
}
