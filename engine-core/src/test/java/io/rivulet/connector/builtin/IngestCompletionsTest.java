package io.rivulet.connector.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class IngestCompletionsTest {
    private record Entry(long from, long to, CompletableFuture<Void> future) {}

    @Test
    void futuresComeOutInOrderHoweverManyThereAre() {
        Random random = new Random(20261121);
        IngestCompletions completions = new IngestCompletions();
        List<Entry> expected = new ArrayList<>();
        long next = 0;
        for (int step = 0; step < 20_000; step++) {
            long grown = random.nextInt(4) + 1L;
            Entry entry = new Entry(Math.max(0, next - random.nextInt(3)), next + grown, new CompletableFuture<>());
            next += grown;
            completions.add(entry.from, entry.to, entry.future);
            expected.add(entry);
            if (random.nextInt(step % 2000 < 1000 ? 200 : 20) == 0) {
                long end = next - random.nextInt(40);
                boolean begun = random.nextBoolean();
                List<CompletableFuture<Void>> wanted = begun ? takeBegun(expected, end) : takeBefore(expected, end);
                assertThat(begun ? completions.takeBegunBefore(end) : completions.takeBefore(end))
                        .isEqualTo(wanted);
            }
        }
        assertThat(completions.takeBefore(Long.MAX_VALUE)).isEqualTo(takeBefore(expected, Long.MAX_VALUE));
        assertThat(completions.takeBefore(Long.MAX_VALUE)).isEmpty();
    }

    private static List<CompletableFuture<Void>> takeBefore(List<Entry> entries, long end) {
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        while (!entries.isEmpty() && entries.get(0).to <= end) {
            taken.add(entries.remove(0).future);
        }
        return taken;
    }

    private static List<CompletableFuture<Void>> takeBegun(List<Entry> entries, long end) {
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            if (entry.from < end) {
                taken.add(entry.future);
                all.remove();
            }
        }
        return taken;
    }

    @Test
    void whatHangsOnAFutureKnowsThatItsThreadCompletes() {
        IngestCompletions completions = new IngestCompletions();
        List<Boolean> known = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<Void> failed = new CompletableFuture<>();
        List<CompletableFuture<Void>> chained = List.of(
                done.thenRun(() -> known.add(completions.isBy(Thread.currentThread()))),
                failed.whenComplete((nothing, e) -> known.add(completions.isBy(Thread.currentThread()))));
        completions.complete(List.of(done));
        completions.fail(List.of(failed), new IllegalStateException("over"));
        assertThat(chained).allMatch(CompletableFuture::isDone);
        assertThat(known).containsExactly(true, true);
        assertThat(completions.isBy(Thread.currentThread())).isFalse();
    }
}
