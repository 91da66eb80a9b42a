package io.rivulet;

import static io.rivulet.Functions.avg;
import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.expr;
import static io.rivulet.Functions.max;
import static io.rivulet.Functions.sum;
import static io.rivulet.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.OutputMode;
import io.rivulet.sql.parser.SqlParser;
import io.rivulet.streaming.StreamingQueryException;
import io.rivulet.streaming.StreamingQueryListener;
import io.rivulet.streaming.Trigger;
import io.rivulet.vector.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams through the API: modes, sinks, triggers, restarts. */
class StreamingQueryTest {
    private Engine engine = Engine.builder().parallelism(2).build();
    private final FeedSource events = new FeedSource(SqlParser.schema("t TIMESTAMP, k STRING"));

    @AfterEach
    void close() {
        engine.close();
    }

    private void add(int... seconds) {
        for (int second : seconds) {
            events.add(Instant.ofEpochSecond(second), "k" + second % 2);
        }
    }

    private DataFrame windowedCount() {
        return engine.readStream(events)
                .withWatermark("t", "10 seconds")
                .groupBy(window(col("t"), "5 seconds"))
                .agg(count("*").as("n"))
                .selectExpr("unix_micros(window.start) / 1000000 AS start", "n");
    }

    private static List<List<Object>> values(List<Row> rows) {
        List<List<Object>> values = new ArrayList<>();
        rows.forEach(row -> values.add(new ArrayList<>(row.values())));
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void givesOutWindowsOnceWhenTheWatermarkPassesThem(int parallelism) {
        engine.close();
        engine = Engine.builder().parallelism(parallelism).build();
        StreamingQuery query =
                windowedCount().writeStream().format("memory").queryName("out").start();
        add(10, 11, 12, 13, 14, 15);
        query.processAllAvailable();
        assertThat(engine.table("out").count()).isZero();
        add(25);
        query.processAllAvailable();
        assertThat(values(engine.table("out").collect())).containsExactly(List.of(10.0, 5L));
        add(10);
        query.processAllAvailable();
        assertThat(engine.table("out").count()).isEqualTo(1);
        assertThat(Objects.requireNonNull(query.lastProgress())
                        .stateOperators()
                        .get(0)
                        .numRowsDroppedByWatermark())
                .isEqualTo(1);
        assertThat(query.isActive()).isTrue();
        assertThat(query.name()).isEqualTo("out");
        query.stop();
        assertThat(query.isActive()).isFalse();
    }

    @Test
    void updatesGoToForeachBatchAsBoundedTables() {
        List<List<List<Object>>> batches = Collections.synchronizedList(new ArrayList<>());
        StreamingQuery query = engine.readStream(events)
                .groupBy("k")
                .count()
                .writeStream()
                .outputMode("update")
                .foreachBatch((batch, id) -> batches.add(values(batch.sort("k").collect())))
                .start();
        add(1, 2, 3);
        query.processAllAvailable();
        add(5);
        query.processAllAvailable();
        query.stop();
        List<List<Object>> last = batches.get(batches.size() - 1);
        assertThat(last).containsExactly(List.of("k1", 3L));
    }

    @Test
    void completeModeSortsAndLimitsTheWholeResult() {
        StreamingQuery query = engine.readStream(events)
                .groupBy("k")
                .count()
                .sort(col("count").desc())
                .limit(1)
                .writeStream()
                .outputMode(OutputMode.COMPLETE)
                .toTable("top");
        add(1, 2, 3);
        query.processAllAvailable();
        assertThat(values(engine.table("top").collect())).containsExactly(List.of("k1", 2L));
        add(4, 6, 8);
        query.processAllAvailable();
        assertThat(values(engine.table("top").collect())).containsExactly(List.of("k0", 4L));
    }

    @Test
    void goesOnFromItsCheckpoint(@TempDir Path directory) {
        add(10, 11, 12, 13, 14, 15, 25);
        String first = runOnce(directory, "one");
        assertThat(values(engine.table("one").collect())).containsExactly(List.of(10.0, 5L));
        add(10, 27, 30);
        String second = runOnce(directory, "two");
        assertThat(second).isEqualTo(first);
        assertThat(values(engine.table("two").collect())).containsExactly(List.of(15.0, 1L));
        assertThatThrownBy(() -> engine.readStream(events)
                        .groupBy("k")
                        .count()
                        .writeStream()
                        .outputMode("update")
                        .format("noop")
                        .checkpoint(directory)
                        .start())
                .hasMessageContaining("QUERY_CHANGED")
                .hasMessageContaining("aggregate-0 keys");
    }

    @Test
    void anAddedAggregateStartsEmptyAndCountsOnlyWhatItHasSeen(@TempDir Path directory) {
        add(1, 2, 3);
        update(directory, "before", count("*").as("n"));
        add(5);
        update(
                directory,
                "added",
                count("*").as("n"),
                avg("t2").as("mean"),
                max("t2").as("most"));
        assertThat(values(engine.table("added").collect())).containsExactly(Arrays.asList("k1", 3L, 10.0, 10L));
        add(7, 8);
        update(
                directory,
                "after",
                count("*").as("n"),
                avg("t2").as("mean"),
                max("t2").as("most"));
        assertThat(values(engine.table("after").collect()))
                .containsExactlyInAnyOrder(Arrays.asList("k1", 4L, 12.0, 14L), Arrays.asList("k0", 2L, 16.0, 16L));
    }

    @Test
    void anAggregateOverAnotherExpressionIsNotTakenForTheStoredOne(@TempDir Path directory) {
        add(1);
        update(directory, "before", sum(expr("t2 + 1")).as("s"));
        add(3);
        assertThatThrownBy(() -> update(directory, "after", sum(expr("t2 + 2")).as("s")))
                .hasMessageContaining("QUERY_CHANGED")
                .hasMessageContaining("t2 + 1");
    }

    private void update(Path directory, String table, Column... results) {
        engine.readStream(events)
                .withColumn("t2", expr("cast(unix_timestamp(t) * 2 as bigint)"))
                .groupBy("k")
                .agg(results)
                .writeStream()
                .outputMode("update")
                .checkpoint(directory)
                .trigger(Trigger.availableNow())
                .toTable(table)
                .awaitTermination();
    }

    private String runOnce(Path directory, String table) {
        StreamingQuery query = windowedCount()
                .writeStream()
                .option("checkpointLocation", directory)
                .trigger(Trigger.availableNow())
                .toTable(table);
        query.awaitTermination();
        return query.id();
    }

    @Test
    void flushAtEndClosesEverything() {
        add(10, 11, 25);
        windowedCount()
                .writeStream()
                .trigger(Trigger.availableNow())
                .option("flushAtEnd", true)
                .toTable("all")
                .awaitTermination();
        assertThat(values(engine.table("all").sort("start").collect()))
                .containsExactly(List.of(10.0, 2L), List.of(25.0, 1L));
    }

    record Event(Instant t, String k) {}

    @Test
    void rowsComeAsRecords() {
        List<Event> seen = Collections.synchronizedList(new ArrayList<>());
        StreamingQuery query = engine.readStream(events)
                .filter(col("k").equalTo("k1"))
                .writeStream()
                .forEach(Event.class, seen::add)
                .start();
        add(1, 2, 3);
        query.processAllAvailable();
        assertThat(seen)
                .containsExactly(new Event(Instant.ofEpochSecond(1), "k1"), new Event(Instant.ofEpochSecond(3), "k1"));
        assertThat(query.recentProgress().stream()
                        .mapToLong(p -> p.numInputRows())
                        .sum())
                .isEqualTo(3);
        assertThat(Objects.requireNonNull(query.lastProgress()).json())
                .contains("\"sink\":{\"description\":\"foreachBatch\"");
        assertThat(query.explain("extended")).contains("Filter (k = 'k1')").contains("Stage 0");
        assertThat(query.status().message()).isNotEmpty();
    }

    @Test
    void readsAndWritesFiles(@TempDir Path directory) throws Exception {
        Path input = Files.createDirectories(directory.resolve("in"));
        Files.writeString(input.resolve("a.csv"), "t,k\n1970-01-01 00:00:01,a\n1970-01-01 00:00:02,b\n");
        Files.writeString(input.resolve("b.csv"), "t,k\n1970-01-01 00:00:21,a\n1970-01-01 00:00:59,a\n");
        Path output = directory.resolve("out");
        engine.readStream()
                .schema("t TIMESTAMP, k STRING")
                .option("header", true)
                .option("maxFilesPerTrigger", 1)
                .csv(input.toString())
                .withWatermark("t", "5 seconds")
                .groupBy(window(col("t"), "20 seconds"), col("k"))
                .agg(count("*").as("n"))
                .selectExpr("window.end AS until", "k", "n")
                .writeStream()
                .format("csv")
                .option("header", true)
                .checkpoint(directory.resolve("state"))
                .trigger(Trigger.availableNow())
                .start(output.toString())
                .awaitTermination();
        DataFrame written = engine.read()
                .schema("until TIMESTAMP, k STRING, n BIGINT")
                .option("header", true)
                .csv(output.toString());
        assertThat(values(written.sort("until", "k").collect()))
                .containsExactly(
                        List.of(Instant.ofEpochSecond(20), "a", 1L),
                        List.of(Instant.ofEpochSecond(20), "b", 1L),
                        List.of(Instant.ofEpochSecond(40), "a", 1L));
        written.filter("k = 'b'")
                .write()
                .format("json")
                .save(directory.resolve("json").toString());
        assertThat(engine.read()
                        .schema("k STRING, n BIGINT")
                        .json(directory.resolve("json").toString())
                        .collect())
                .hasSize(1);
    }

    @Test
    void aFailureEndsTheQueryAndIsThrown() {
        StreamingQuery query = engine.readStream(events)
                .writeStream()
                .forEach(row -> {
                    throw new IllegalStateException("no more");
                })
                .start();
        add(1);
        assertThatThrownBy(query::awaitTermination)
                .isInstanceOf(StreamingQueryException.class)
                .hasMessageContaining("USER_CODE")
                .hasMessageContaining("no more");
        assertThat(query.exception()).isPresent();
        assertThat(engine.streams().active()).isEmpty();
    }

    @Test
    void itsOwnThreadCannotWaitForIt() {
        CompletableFuture<StreamingQuery> started = new CompletableFuture<>();
        List<Consumer<StreamingQuery>> waits =
                List.of(StreamingQuery::processAllAvailable, StreamingQuery::awaitTermination);
        List<String> refusals = new ArrayList<>();
        StreamingQuery query = engine.readStream(events)
                .writeStream()
                .foreachBatch((rows, id) -> waits.forEach(wait -> assertThatThrownBy(() -> wait.accept(started.join()))
                        .satisfies(e -> refusals.add(String.valueOf(e.getMessage())))))
                .start();
        query.addListener(new StreamingQueryListener() {
            @Override
            public void onQueryProgress(QueryProgressEvent event) {
                // nothing
            }

            @Override
            public void onQueryTerminated(QueryTerminatedEvent event) {
                query.awaitTermination(); // it has ended
            }
        });
        started.complete(query);
        add(1);
        query.processAllAvailable();
        query.stop();
        assertThat(refusals).hasSize(2).allMatch(m -> m.contains("BAD_STATE") && m.contains("wait for itself"));
    }

    @Test
    void refusesOptionsNobodyKnowsAndNamesInUse() {
        DataStreamWriter writer = engine.readStream(events).writeStream().format("noop");
        assertThatThrownBy(() -> writer.option("flushAtEnt", true).start())
                .hasMessageContaining("UNKNOWN_OPTION")
                .hasMessageContaining("did you mean 'flushAtEnd'");
        StreamingQuery query = engine.readStream(events)
                .writeStream()
                .format("noop")
                .queryName("q")
                .start();
        assertThatThrownBy(() -> engine.readStream(events)
                        .writeStream()
                        .format("noop")
                        .queryName("q")
                        .start())
                .hasMessageContaining("QUERY_NAME_IN_USE");
        query.stop();
    }

    @Test
    void closingTheEngineStopsItsQueries() {
        StreamingQuery query =
                engine.readStream(events).writeStream().format("noop").start();
        assertThat(engine.streams().active()).containsExactly(query);
        engine.close();
        assertThat(query.isActive()).isFalse();
        assertThatThrownBy(() ->
                        engine.readStream(events).writeStream().format("noop").start())
                .hasMessageContaining("BAD_STATE");
    }
}
