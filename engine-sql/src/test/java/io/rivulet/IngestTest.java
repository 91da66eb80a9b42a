package io.rivulet;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.IngestOptions.WhenFull;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.streaming.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records pushed by the program: order, futures, positions, back-pressure, restarts, the end. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // a record whose fate does not matter there
class IngestTest {
    record Trade(Instant time, String symbol, long units) {}

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    private Engine engine = Engine.builder().parallelism(2).build();
    private final List<Long> given = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        engine.close();
    }

    private static Trade trade(long units) {
        return new Trade(Instant.ofEpochSecond(units), units % 2 == 0 ? "EVEN" : "odd", units);
    }

    private static List<Trade> trades(long from, long to) {
        return LongStream.range(from, to).mapToObj(IngestTest::trade).toList();
    }

    private StreamingQuery collect(Ingest<Trade> trades) {
        return writer(trades).start();
    }

    private DataStreamWriter writer(Ingest<Trade> trades) {
        return trades.toDF().writeStream().forEach(Trade.class, trade -> given.add(trade.units()));
    }

    private static Throwable failureOf(CompletableFuture<Void> future) throws Exception {
        try {
            future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
        throw new AssertionError("it completed");
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

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

    // ------------------------------------------------------------------ back-pressure

    @Test
    void aFullIngestRefusesWhenToldSoAndNamesItsLimits() {
        Ingest<Trade> trades = engine.ingest(
                "trades", Trade.class, IngestOptions.defaults().capacityRows(3).whenFull(WhenFull.REFUSE));
        trades.pushAll(trades(0, 3));
        assertThatThrownBy(() -> trades.push(trade(3)))
                .isInstanceOfSatisfying(
                        RivuletException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUFFER_FULL))
                .hasMessageContaining("ingest trades")
                .hasMessageContaining("3 rows")
                .hasMessageContaining("No query reads it");
        assertThat(trades.tryPush(trade(3))).isEmpty();
        assertThat(trades.pendingRecords()).isEqualTo(3);
    }

    @Test
    void aListIsRefusedWholeOrTakenWhole() {
        Ingest<Trade> trades = engine.ingest(
                "trades", Trade.class, IngestOptions.defaults().capacityRows(5).whenFull(WhenFull.REFUSE));
        trades.pushAll(trades(0, 3));
        assertThatThrownBy(() -> trades.pushAll(trades(3, 6))).hasMessageContaining("BUFFER_FULL");
        assertThat(trades.pendingRecords()).isEqualTo(3);
        assertThatThrownBy(() -> trades.pushAll(trades(3, 9)))
                .hasMessageContaining("BAD_ARGUMENT")
                .hasMessageContaining("will never fit");
    }

    @Test
    void bytesAreLimitedToo() {
        Ingest<Trade> trades = engine.ingest(
                "trades",
                Trade.class,
                IngestOptions.defaults().capacityBytes(10_000).whenFull(WhenFull.REFUSE));
        String symbol = "x".repeat(4_000);
        trades.push(new Trade(Instant.EPOCH, symbol, 1));
        trades.push(new Trade(Instant.EPOCH, symbol, 2));
        assertThat(trades.pendingBytes()).isBetween(8_000L, 10_000L);
        assertThatThrownBy(() -> trades.push(new Trade(Instant.EPOCH, symbol, 3)))
                .hasMessageContaining("BUFFER_FULL")
                .hasMessageContaining("10000 bytes");
        assertThatThrownBy(() -> trades.push(new Trade(Instant.EPOCH, "x".repeat(10_000), 3)))
                .hasMessageContaining("BAD_ARGUMENT")
                .hasMessageContaining("will never fit");
    }

    @Test
    void aPushWaitsForRoom() throws Exception {
        Ingest<Trade> trades =
                engine.ingest("trades", Trade.class, IngestOptions.defaults().capacityRows(2));
        trades.pushAll(trades(0, 2));
        CountDownLatch pushed = new CountDownLatch(1);
        Thread pusher = new Thread(() -> {
            trades.push(trade(2)).join();
            pushed.countDown();
        });
        pusher.start();
        while (pusher.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(trades.pendingRecords()).isEqualTo(2);
        collect(trades);
        assertThat(pushed.await(30, TimeUnit.SECONDS)).isTrue();
        pusher.join();
        assertThat(given).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aPushThatWaitsTooLongIsRefused() {
        Ingest<Trade> trades = engine.ingest(
                "trades", Trade.class, IngestOptions.defaults().capacityRows(2).blockTimeout(Duration.ofMillis(20)));
        trades.pushAll(trades(0, 2));
        assertThatThrownBy(() -> trades.push(trade(2)))
                .hasMessageContaining("BUFFER_FULL")
                .hasMessageContaining("for 20 ms");
    }

    @Test
    void aWaitingPushCanBeInterrupted() {
        Ingest<Trade> trades =
                engine.ingest("trades", Trade.class, IngestOptions.defaults().capacityRows(2));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> trades.pushAll(trades(0, 3)))
                .hasMessageContaining("INTERRUPTED")
                .hasMessageContaining("the first 2 of 3 records were taken");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aCallbackThatWaitsForItsOwnQueryIsAnError() throws Exception {
        Ingest<Trade> trades =
                engine.ingest("trades", Trade.class, IngestOptions.defaults().capacityRows(4));
        CompletableFuture<Void> chained = trades.push(trade(0)).thenRun(() -> trades.pushAll(trades(1, 10)));
        collect(trades);
        assertThat(failureOf(chained)).hasMessageContaining("BAD_STATE").hasMessageContaining("thenRunAsync");
    }

    @Test
    void itsCapacityIsReservedAndGivenBack() {
        engine.close();
        engine = Engine.builder().memoryLimit(1 << 20).build();
        Ingest<Trade> half =
                engine.ingest("half", Trade.class, IngestOptions.defaults().capacityBytes(600 << 10));
        assertThatThrownBy(() -> engine.ingest(
                        "too much", Trade.class, IngestOptions.defaults().capacityBytes(600 << 10)))
                .hasMessageContaining("MEMORY_LIMIT")
                .hasMessageContaining("ingest half");
        half.close();
        engine.ingest("too much", Trade.class, IngestOptions.defaults().capacityBytes(600 << 10));
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

    // ------------------------------------------------------------------ bad values

    @ParameterizedTest
    @CsvSource({
        "capacityRows, 0, BAD_OPTION",
        "capacityRows, many, BAD_OPTION",
        "capacityBytes, 0, BAD_OPTION",
        "capacityBytes, 64x, BAD_OPTION",
        "whenFull, panic, BAD_OPTION",
        "blockTimeout, soon, BAD_OPTION",
        "watermarkDelay, 1 month, BAD_OPTION",
        "journal, perhaps, BAD_OPTION",
        "capacity, 5, UNKNOWN_OPTION"
    })
    void aBadOptionIsRefusedWhenItIsSet(String name, String value, String code) {
        assertThatThrownBy(() -> IngestOptions.defaults().option(name, value))
                .hasMessageContaining(code)
                .hasMessageContaining(name);
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        IngestOptions options = IngestOptions.defaults();
        assertThatThrownBy(() -> engine.ingest(
                        "t", Trade.class, options.whenFull(WhenFull.REFUSE).blockTimeout(Duration.ofSeconds(1))))
                .hasMessageContaining("blockTimeout");
        assertThatThrownBy(() -> engine.ingest("t", Trade.class, options.blockTimeout(Duration.ZERO)))
                .hasMessageContaining("must be positive");
        assertThatThrownBy(() -> engine.ingest("t", Trade.class, options.option("watermarkDelay", "5 seconds")))
                .hasMessageContaining("eventTime");
        assertThatThrownBy(() -> engine.ingest("t", Trade.class, options.eventTime("time", Duration.ofSeconds(-1))))
                .hasMessageContaining("BAD_OPTION")
                .hasMessageContaining("negative");
        assertThatThrownBy(() -> engine.ingest("t", Trade.class, options.capacityBytes(1L << 60)))
                .hasMessageContaining("memoryLimit");
    }

    @Test
    void anEventTimeThatIsNoTimestampIsRefusedAndTheNameStaysFree() {
        IngestOptions options = IngestOptions.defaults();
        assertThatThrownBy(() -> engine.ingest("t", Trade.class, options.eventTime("when", Duration.ZERO)))
                .hasMessageContaining("UNKNOWN_COLUMN")
                .hasMessageContaining("when");
        assertThatThrownBy(() -> engine.ingest("t", Trade.class, options.eventTime("symbol", Duration.ZERO)))
                .isInstanceOf(RivuletException.class)
                .hasMessageContaining("symbol");
        engine.ingest("t", Trade.class);
    }

    record Odd(Thread thread) {}

    record Picky(int number) {
        @Override
        public int number() {
            if (number < 0) {
                throw new IllegalStateException("not today");
            }
            return number;
        }
    }

    record Money(java.math.BigDecimal amount, String text) {}

    @Test
    void badRecordsAreRefusedAndLeaveNoTrace() throws Exception {
        assertThatThrownBy(() -> engine.ingest("odd", Odd.class)).hasMessageContaining("BAD_SCHEMA");
        assertThatThrownBy(() -> engine.ingest(" ", Trade.class)).hasMessageContaining("BAD_ARGUMENT");
        engine.ingest("trades", Trade.class);
        assertThatThrownBy(() -> engine.ingest("trades", Trade.class))
                .hasMessageContaining("BAD_STATE")
                .hasMessageContaining("already");
        Ingest<Picky> picky = engine.ingest("picky", Picky.class);
        assertThatThrownBy(() -> picky.push(new Picky(-1)))
                .hasMessageContaining("USER_CODE")
                .hasMessageContaining("not today");

        Ingest<Money> money = engine.ingest("money", Money.class);
        money.toDF()
                .writeStream()
                .forEach(row -> given.add(String.valueOf(row.get(1)).length() + 0L))
                .start();
        java.math.BigDecimal fine = new java.math.BigDecimal("1.5");
        java.math.BigDecimal tooLong = new java.math.BigDecimal("1e-30");
        money.push(new Money(fine, "a")).get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> money.pushAll(List.of(new Money(fine, "bb"), new Money(tooLong, "ccc"))))
                .hasMessageContaining("TYPE_MISMATCH")
                .hasMessageContaining("amount");
        money.pushAll(List.of(new Money(fine, "dddd"))).get(30, TimeUnit.SECONDS);
        assertThat(given).containsExactly(1L, 4L);
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // what a caller without annotations may do
    void nullIsRefused() {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        assertThatThrownBy(() -> trades.push(null)).hasMessageContaining("BAD_ARGUMENT");
        assertThatThrownBy(() -> trades.pushAll(Collections.singletonList(null)))
                .hasMessageContaining("BAD_ARGUMENT");
    }

    @Test
    void anIngestHasNoEnd() {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        assertThatThrownBy(() -> trades.frame().collect()).hasMessageContaining("UNSUPPORTED_OPERATION");
    }
}
