package io.rivulet;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.error.RivuletException;
import io.rivulet.streaming.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records pushed by the program: order, futures, positions, restarts, the end. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // a record whose fate does not matter there
class IngestTest extends IngestFixture {
    // ------------------------------------------------------------------ rows and futures

    @Test
    void aRecordIsInTheResultWhenItsFutureCompletes() throws Exception {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        collect(trades);

        trades.push(trade(7)).get(30, TimeUnit.SECONDS);
        assertThat(given).containsExactly(7L);
        trades.pushAll(trades(8, 11)).get(30, TimeUnit.SECONDS);
        assertThat(given).containsExactly(7L, 8L, 9L, 10L);
        assertThat(trades.pushAll(List.of())).isCompleted();
        assertThat(trades.pendingRecords()).isZero();
        assertThat(trades.pendingBytes()).isZero();
        assertThat(trades.schema().ddl()).isEqualTo("time TIMESTAMP, symbol STRING, units BIGINT NOT NULL");
    }

    @Test
    void recordsWaitForTheirQuery() throws Exception {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        CompletableFuture<Void> early = trades.pushAll(trades(0, 5));
        assertThat(early).isNotDone();

        collect(trades);
        early.get(30, TimeUnit.SECONDS);
        assertThat(given).isEqualTo(numbers(0, 5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 2048})
    void manyPushersKeepTheirOrderWhateverTheVectorSizeAndTheLimits(int vectorSize) throws Exception {
        engine.close();
        engine = Engine.builder().parallelism(3).vectorSize(vectorSize).build();
        Ingest<Trade> trades =
                engine.ingest("trades", Trade.class, IngestOptions.defaults().capacityRows(700));
        writer(trades).option("maxRowsPerBatch", 331).start();
        int each = 3000;
        List<Thread> pushers = new ArrayList<>();
        List<CompletableFuture<Void>> futures = Collections.synchronizedList(new ArrayList<>());
        for (int p = 0; p < 3; p++) {
            long from = (long) p * each;
            Thread pusher = new Thread(() -> {
                for (long n = from; n < from + each; ) {
                    int size = (int) Math.min(1 + n % 40, from + each - n);
                    futures.add(size == 1 ? trades.push(trade(n)) : trades.pushAll(trades(n, n + size)));
                    n += size;
                }
            });
            pushers.add(pusher);
            pusher.start();
        }
        for (Thread pusher : pushers) {
            pusher.join();
        }
        CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

        assertThat(given).hasSize(3 * each);
        for (int p = 0; p < 3; p++) {
            long from = (long) p * each;
            assertThat(given.stream().filter(n -> n >= from && n < from + each).toList())
                    .isEqualTo(numbers(from, from + each));
        }
    }

    @Test
    void aListLargerThanTheCapacityGoesInByPieces() throws Exception {
        Ingest<Trade> trades =
                engine.ingest("trades", Trade.class, IngestOptions.defaults().capacityRows(10));
        collect(trades);
        trades.pushAll(trades(0, 1000)).get(30, TimeUnit.SECONDS);
        assertThat(given).isEqualTo(numbers(0, 1000));
    }

    @Test
    void theEventTimeIsAComponent() throws Exception {
        Ingest<Trade> trades = engine.ingest(
                "trades", Trade.class, IngestOptions.defaults().eventTime("time", Duration.ofSeconds(10)));
        trades.frame()
                .groupBy(window(col("time"), "5 seconds"))
                .agg(count("*").as("n"))
                .select(col("n"))
                .writeStream()
                .forEach(row -> given.add((Long) row.get(0)))
                .start();
        trades.pushAll(trades(10, 16)).get(30, TimeUnit.SECONDS);
        assertThat(given).isEmpty();
        trades.push(trade(25)).get(30, TimeUnit.SECONDS);
        assertThat(given).containsExactly(5L);
    }

    @Test
    void availableNowTakesWhatIsThereAndLeavesTheRest() throws Exception {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        CompletableFuture<Void> before = trades.pushAll(trades(0, 5));
        List<CompletableFuture<Void>> within = new ArrayList<>();
        trades.toDF()
                .writeStream()
                .trigger(Trigger.availableNow())
                .forEach(Trade.class, trade -> {
                    given.add(trade.units());
                    within.add(trades.push(trade(100 + trade.units())));
                })
                .start()
                .awaitTermination();
        assertThat(before).isCompleted();
        assertThat(given).isEqualTo(numbers(0, 5));
        assertThat(within).hasSize(5).noneMatch(CompletableFuture::isDone);
        collect(trades);
        within.get(4).get(30, TimeUnit.SECONDS);
        assertThat(given).endsWith(100L, 101L, 102L, 103L, 104L);
    }

    // ------------------------------------------------------------------ the end

    @Test
    void stoppingTheQueryFailsWhatItHasNotCommitted() throws Exception {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        CountDownLatch inBatch = new CountDownLatch(1);
        CountDownLatch stopping = new CountDownLatch(1);
        StreamingQuery query = trades.toDF()
                .writeStream()
                .foreachBatch((batch, id) -> {
                    inBatch.countDown();
                    stopping.await();
                })
                .start();
        trades.push(trade(1), 5);
        assertThat(inBatch.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> future = trades.push(trade(2), 6);
        Thread stopper = new Thread(query::stop);
        stopper.start();
        while (!query.status().message().equals("Stopping")) {
            Thread.onSpinWait();
        }
        stopping.countDown();
        stopper.join();
        assertThat(failureOf(future)).hasMessageContaining("BAD_STATE").hasMessageContaining("stopped");
        assertThat(trades.pendingRecords()).isZero();

        collect(trades);
        trades.push(trade(3), 7).get(30, TimeUnit.SECONDS);
        assertThat(given).containsExactly(3L);
    }

    @Test
    void aFailedQueryFailsItsFuturesWithItsError() throws Exception {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        trades.toDF()
                .selectExpr("10 div units AS n")
                .writeStream()
                .format("noop")
                .start();
        CompletableFuture<Void> future = trades.push(trade(0));
        assertThat(failureOf(future))
                .hasMessageContaining("its query failed")
                .hasStackTraceContaining("DIVIDE_BY_ZERO");
    }

    @Test
    void closingTheEngineFailsFuturesAndReleasesWaitingPushers() throws Exception {
        Ingest<Trade> trades =
                engine.ingest("trades", Trade.class, IngestOptions.defaults().capacityRows(2));
        CompletableFuture<Void> future = trades.pushAll(trades(0, 2));
        CompletableFuture<Throwable> released = new CompletableFuture<>();
        Thread pusher = new Thread(() -> {
            try {
                trades.push(trade(2));
            } catch (RivuletException e) {
                released.complete(e);
            }
        });
        pusher.start();
        while (pusher.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        engine.close();
        assertThat(released.get(30, TimeUnit.SECONDS))
                .hasMessageContaining("BAD_STATE")
                .hasMessageContaining("closed");
        assertThat(failureOf(future)).hasMessageContaining("engine was closed");
        pusher.join();
    }

    @Test
    void aClosedIngestTakesNothingButWhatItHasIsRead() throws Exception {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        CompletableFuture<Void> before = trades.pushAll(trades(0, 3));
        trades.close();
        assertThatThrownBy(() -> trades.push(trade(3)))
                .hasMessageContaining("BAD_STATE")
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> trades.tryPush(trade(3))).hasMessageContaining("BAD_STATE");
        collect(trades);
        before.get(30, TimeUnit.SECONDS);
        assertThat(given).isEqualTo(numbers(0, 3));
        assertThat(engine.ingest("trades", Trade.class)).isNotSameAs(trades);
    }

    @Test
    void oneQueryReadsItAtATime() {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        StreamingQuery first = collect(trades);
        assertThatThrownBy(() -> collect(trades))
                .hasMessageContaining("BAD_STATE")
                .hasMessageContaining("read by a running query already");
        first.stop();
        collect(trades);
    }

    @Test
    void aQueryThatDoesNotStartLeavesItAsItWas() throws Exception {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        CompletableFuture<Void> future = trades.push(trade(1));
        assertThatThrownBy(() -> trades.toDF()
                        .writeStream()
                        .format("csv")
                        .start(directory.resolve("out").toString()))
                .isInstanceOf(RivuletException.class);
        collect(trades);
        future.get(30, TimeUnit.SECONDS);
        assertThat(given).containsExactly(1L);
    }

    // ------------------------------------------------------------------ positions and restarts

    @Test
    void thePositionFollowsTheBatches() throws Exception {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        assertThatThrownBy(trades::committedPosition)
                .hasMessageContaining("BAD_STATE")
                .hasMessageContaining("start the query first");
        writer(trades).option("maxRowsPerBatch", 2).start();
        assertThat(trades.committedPosition()).isEmpty();
        trades.push(trade(1)).get(30, TimeUnit.SECONDS);
        assertThat(trades.committedPosition()).isEmpty();
        trades.pushAll(trades(2, 5), 40).get(30, TimeUnit.SECONDS);
        assertThat(trades.committedPosition()).hasValue(40);
        trades.push(trade(5)).get(30, TimeUnit.SECONDS);
        assertThat(trades.committedPosition()).hasValue(40);
        trades.push(trade(6), 41).get(30, TimeUnit.SECONDS);
        assertThat(trades.committedPosition()).hasValue(41);
    }

    @Test
    void thePositionIsInTheCheckpoint() throws Exception {
        Path checkpoint = directory.resolve("checkpoint");
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        writer(trades).checkpoint(checkpoint).start();
        trades.pushAll(trades(0, 10), 9).get(30, TimeUnit.SECONDS);
        engine.close();

        engine = Engine.create();
        Ingest<Trade> again = engine.ingest("trades", Trade.class);
        StreamingQuery query = writer(again).checkpoint(checkpoint).start();
        assertThat(again.committedPosition()).hasValue(9);
        assertThatThrownBy(() -> again.push(trade(9), 9))
                .hasMessageContaining("BAD_ARGUMENT")
                .hasMessageContaining("committedPosition()");
        again.push(trade(10), 10).get(30, TimeUnit.SECONDS);
        assertThat(given).isEqualTo(numbers(0, 11));
        query.processAllAvailable(); // progress is told after the commit
        assertThat(Objects.requireNonNull(query.lastProgress()).sources().get(0).endOffset())
                .contains("\"rows\":11,\"position\":10");
        assertThat(again.lostRecords()).isZero();
    }

    @Test
    void positionsPushedBeforeTheStartMustLieBehindTheCheckpoint() throws Exception {
        Path checkpoint = directory.resolve("checkpoint");
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        StreamingQuery query = writer(trades).checkpoint(checkpoint).start();
        trades.pushAll(trades(0, 10), 9).get(30, TimeUnit.SECONDS);
        query.stop();
        trades.close();

        Ingest<Trade> early = engine.ingest("trades", Trade.class);
        early.push(trade(0), 0);
        assertThatThrownBy(() -> writer(early).checkpoint(checkpoint).start())
                .hasMessageContaining("BAD_STATE")
                .hasMessageContaining("position 0")
                .hasMessageContaining("up to position 9");
        early.close();
        Ingest<Trade> behind = engine.ingest("trades", Trade.class);
        CompletableFuture<Void> future = behind.push(trade(10), 10);
        writer(behind).checkpoint(checkpoint).start();
        future.get(30, TimeUnit.SECONDS);
        assertThat(given).isEqualTo(numbers(0, 11));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void aPositionIsNotNegative(long position) {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        assertThatThrownBy(() -> trades.push(trade(1), position)).hasMessageContaining("BAD_ARGUMENT");
        assertThatThrownBy(() -> trades.tryPush(trade(1), position)).hasMessageContaining("BAD_ARGUMENT");
        assertThatThrownBy(() -> trades.pushAll(trades(1, 2), position)).hasMessageContaining("BAD_ARGUMENT");
    }

    @Test
    void positionsAscend() {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        trades.push(trade(1), 7);
        assertThatThrownBy(() -> trades.push(trade(1), 7)).hasMessageContaining("must ascend");
        assertThatThrownBy(() -> trades.pushAll(trades(1, 3), 6)).hasMessageContaining("must ascend");
        assertThatThrownBy(() -> trades.pushAll(List.of(), 8)).hasMessageContaining("BAD_ARGUMENT");
        assertThat(trades.pendingRecords()).isEqualTo(1);
        trades.push(trade(1), Long.MAX_VALUE);
    }
}
