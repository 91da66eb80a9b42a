package io.rivulet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.IngestOptions.WhenFull;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Back-pressure: what an ingest does when it is full. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // a record whose fate does not matter there
class IngestLimitsTest extends IngestFixture {
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
    void aQueryThatPushesToTheFullIngestItReadsFails() {
        Ingest<Trade> trades =
                engine.ingest("trades", Trade.class, IngestOptions.defaults().capacityRows(1));
        StreamingQuery query = trades.toDF()
                .writeStream()
                .foreachBatch((rows, id) -> trades.push(trade(id)))
                .start();
        trades.push(trade(0));
        assertThatThrownBy(query::awaitTermination)
                .hasMessageContaining("BAD_STATE")
                .hasMessageContaining("foreachBatch")
                .hasMessageContaining("tryPush");
    }

    @Test
    void aTimeoutOfManyYearsIsForEver() throws Exception {
        Ingest<Trade> trades = engine.ingest(
                "trades", Trade.class, IngestOptions.defaults().capacityRows(1).blockTimeout(Duration.ofDays(900_000)));
        trades.push(trade(0));
        Thread pusher = new Thread(() -> trades.push(trade(1)).join());
        pusher.start();
        collect(trades);
        pusher.join(30_000);
        assertThat(pusher.isAlive()).isFalse();
        assertThat(given).containsExactly(0L, 1L);
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
}
