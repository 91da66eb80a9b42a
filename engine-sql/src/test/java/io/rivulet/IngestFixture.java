package io.rivulet;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the ingest share: an engine, trades to push, and the units that a query was given. */
abstract class IngestFixture {
    record Trade(Instant time, String symbol, long units) {}

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    Engine engine = Engine.builder().parallelism(2).build();
    final List<Long> given = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        engine.close();
    }

    static Trade trade(long units) {
        return new Trade(Instant.ofEpochSecond(units), units % 2 == 0 ? "EVEN" : "odd", units);
    }

    static List<Trade> trades(long from, long to) {
        return LongStream.range(from, to).mapToObj(IngestFixture::trade).toList();
    }

    StreamingQuery collect(Ingest<Trade> trades) {
        return writer(trades).start();
    }

    DataStreamWriter writer(Ingest<Trade> trades) {
        return trades.toDF().writeStream().forEach(Trade.class, trade -> given.add(trade.units()));
    }

    static Throwable failureOf(CompletableFuture<Void> future) throws Exception {
        try {
            future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
        throw new AssertionError("it completed");
    }

    static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
