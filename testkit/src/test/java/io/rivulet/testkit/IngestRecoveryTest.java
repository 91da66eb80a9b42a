package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.Engine;
import io.rivulet.Ingest;
import io.rivulet.IngestOptions;
import io.rivulet.StreamingQuery;
import io.rivulet.error.ErrorCode;
import io.rivulet.streaming.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an ingest knows after its process has died in the middle of a batch, with a journal and without. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // a record whose fate does not matter there
class IngestRecoveryTest {
    record Event(long id, String text) {}

    record Other(String id) {}

    @TempDir
    Path directory;

    private Engine engine = Engine.builder().parallelism(2).build();
    private final List<String> given = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        engine.close();
    }

    private Path checkpoint() {
        return directory.resolve("checkpoint");
    }

    private void restart() {
        engine.close();
        engine = Engine.builder().parallelism(2).build();
    }

    private static List<Event> events(long from, long to) {
        return LongStream.range(from, to).mapToObj(n -> new Event(n, "n" + n)).toList();
    }

    private Ingest<Event> ingest(boolean journal) {
        return engine.ingest("events", Event.class, IngestOptions.defaults().journal(journal));
    }

    private StreamingQuery start(Ingest<?> events) {
        return events.toDF()
                .writeStream()
                .foreachBatch((batch, id) -> {
                    if (batch.count() > 0) {
                        given.add(id + ": "
                                + batch.selectExpr("min(id)", "max(id)", "count(*)")
                                        .collect()
                                        .get(0)
                                        .values());
                    }
                })
                .checkpoint(checkpoint())
                .start();
    }

    /** Batch 0 with 0..9 is committed, batch 1 with 10..19 was planned when the process died. */
    private void dieInBatchOne(boolean journal) throws Exception {
        Ingest<Event> events = ingest(journal);
        start(events);
        events.pushAll(events(0, 10), 9).get(30, TimeUnit.SECONDS);
        events.pushAll(events(10, 20), 19).get(30, TimeUnit.SECONDS);
        restart();
        CheckpointCuts.cutBackToPlan(checkpoint(), 1);
        given.clear();
    }

    @Test
    void withAJournalThePlannedBatchIsRunAgainWithItsRows() throws Exception {
        dieInBatchOne(true);
        Ingest<Event> events = ingest(true);
        CompletableFuture<Void> early = events.push(new Event(20, "early"), 20);
        StreamingQuery query = start(events);
        assertThat(events.committedPosition())
                .as("what is in the journal is not to be sent again")
                .hasValue(19);
        assertThat(events.lostRecords()).isZero();
        early.get(30, TimeUnit.SECONDS);
        query.processAllAvailable();
        assertThat(given).containsExactly("1: [10, 19, 10]", "2: [20, 20, 1]");
        assertThat(events.committedPosition()).hasValue(20);
        assertThat(events.pendingRecords()).isZero();
        assertThat(events.pendingBytes()).isZero();
    }

    @Test
    void withAJournalItMayDieAgainAndAgain() throws Exception {
        dieInBatchOne(true);
        for (int i = 0; i < 3; i++) {
            Ingest<Event> events = ingest(true);
            start(events).processAllAvailable();
            assertThat(given).containsExactly("1: [10, 19, 10]");
            restart();
            CheckpointCuts.cutBackToPlan(checkpoint(), 1);
            given.clear();
        }
    }

    @Test
    void withoutAJournalTheRowsAreLostCountedAndSentAgain() throws Exception {
        dieInBatchOne(false);
        Ingest<Event> events = ingest(false);
        StreamingQuery query = start(events);
        assertThat(events.lostRecords()).isEqualTo(10);
        assertThat(events.committedPosition()).hasValue(9);
        query.processAllAvailable();
        assertThat(given).isEmpty();
        assertThat(events.committedPosition()).hasValue(9);
        restart();

        Ingest<Event> again = ingest(false);
        start(again);
        assertThat(again.lostRecords()).as("counted once").isZero();
        assertThat(again.committedPosition()).hasValue(9);
        again.pushAll(events(10, 20), 19).get(30, TimeUnit.SECONDS);
        assertThat(given).containsExactly("2: [10, 19, 10]");
    }

    @Test
    void theJournalMayBeLeftOutLater() throws Exception {
        dieInBatchOne(true);
        Ingest<Event> events = ingest(false);
        start(events);
        assertThat(events.lostRecords()).isEqualTo(10);
        assertThat(events.committedPosition()).hasValue(9);
        events.pushAll(events(10, 20), 19).get(30, TimeUnit.SECONDS);
        assertThat(given).containsExactly("2: [10, 19, 10]");
    }

    @Test
    void theJournalMayBeTakenUpLater() throws Exception {
        dieInBatchOne(false);
        Ingest<Event> events = ingest(true);
        start(events);
        assertThat(events.lostRecords()).isEqualTo(10);
        assertThat(events.committedPosition()).hasValue(9);
        events.pushAll(events(10, 20), 19).get(30, TimeUnit.SECONDS);
        assertThat(given).containsExactly("2: [10, 19, 10]");
    }

    @Test
    void journaledRowsOfAnotherClassAreRefused() throws Exception {
        dieInBatchOne(true);
        Ingest<Other> others =
                engine.ingest("events", Other.class, IngestOptions.defaults().journal(true));
        assertThatThrownBy(() -> others.toDF()
                        .writeStream()
                        .format("noop")
                        .checkpoint(checkpoint())
                        .start())
                .hasMessageContaining("QUERY_CHANGED")
                .hasMessageContaining("other components");
    }

    @Test
    void aJournalNeedsACheckpoint() {
        Ingest<Event> events = ingest(true);
        assertThatThrownBy(() -> events.toDF().writeStream().format("noop").start())
                .hasMessageContaining("BAD_OPTION")
                .hasMessageContaining("checkpoint");
    }

    @Test
    void aStoppedQueryLeavesItsPlannedBatchToTheJournal() throws Exception {
        Ingest<Event> events = ingest(true);
        AtomicInteger attempts = new AtomicInteger();
        events.toDF()
                .writeStream()
                .foreachBatch((batch, id) -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("not yet");
                })
                .checkpoint(checkpoint())
                .start();
        CompletableFuture<Void> future = events.pushAll(events(0, 10), 9);
        assertThat(failure(future)).hasMessageContaining("its query failed");
        assertThat(attempts).hasValue(1);

        StreamingQuery query = start(events);
        assertThat(events.committedPosition()).hasValue(9);
        query.processAllAvailable();
        assertThat(given).containsExactly("0: [0, 9, 10]");
    }

    @Test
    void aBatchThatIsTriedAgainHasItsRowsAndItsFutures() throws Exception {
        for (boolean journal : new boolean[] {false, true}) {
            given.clear();
            Path checkpoint = directory.resolve("tried-" + journal);
            AtomicInteger attempts = new AtomicInteger();
            Ingest<Event> events = engine.ingest(
                    "tried " + journal, Event.class, IngestOptions.defaults().journal(journal));
            events.toDF()
                    .writeStream()
                    .foreachBatch((batch, id) -> {
                        if (attempts.incrementAndGet() % 3 != 0) {
                            throw ErrorCode.IO_ERROR.error("a passing failure");
                        }
                        given.add(id + ": " + batch.count());
                    })
                    .option("batchAttempts", 3)
                    .checkpoint(checkpoint)
                    .start();
            events.pushAll(events(0, 10), 9).get(30, TimeUnit.SECONDS);
            events.pushAll(events(10, 15), 14).get(30, TimeUnit.SECONDS);
            assertThat(given).containsExactly("0: 10", "1: 5");
            assertThat(attempts).hasValue(6);
            assertThat(events.committedPosition()).hasValue(14);
            assertThat(events.lostRecords()).isZero();
        }
    }

    @Test
    void stateAndPositionGoTogether() throws Exception {
        for (int run = 0; run < 4; run++) {
            Ingest<Event> events = ingest(true);
            StreamingQuery query = events.toDF()
                    .agg(count("*").as("n"))
                    .select(col("n"))
                    .writeStream()
                    .outputMode("update")
                    .forEach(row -> given.add(String.valueOf(row.get(0))))
                    .option("maxRowsPerBatch", 7)
                    .checkpoint(checkpoint())
                    .start();
            long from = events.committedPosition().orElse(-1) + 1;
            assertThat(from).isEqualTo(run * 20L);
            List<CompletableFuture<Void>> futures = new ArrayList<>();
            for (Event event : events(from, from + 20)) {
                futures.add(events.push(event, event.id()));
            }
            futures.get(19).get(30, TimeUnit.SECONDS);
            assertThat(futures).allMatch(CompletableFuture::isDone);
            assertThat(given.get(given.size() - 1)).isEqualTo(String.valueOf(from + 20));
            query.stop();
            restart();
        }
    }

    @Test
    void availableNowTakesTheJournaledBatchFirst() throws Exception {
        dieInBatchOne(true);
        Ingest<Event> events = ingest(true);
        events.pushAll(events(20, 25), 24);
        events.toDF()
                .writeStream()
                .trigger(Trigger.availableNow())
                .foreachBatch((batch, id) -> given.add(id + ": " + batch.count()))
                .checkpoint(checkpoint())
                .start()
                .awaitTermination();
        assertThat(given).containsExactly("1: 10", "2: 5");
    }

    @Test
    void noThreadOutlivesTheEngine() throws IOException {
        Ingest<Event> events = ingest(true);
        start(events);
        events.push(new Event(1, "x")).join();
        engine.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("rivulet-query"));
        assertThat(Files.exists(checkpoint())).isTrue();
    }

    private static Throwable failure(CompletableFuture<Void> future) throws Exception {
        try {
            future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
        throw new AssertionError("it completed");
    }
}
