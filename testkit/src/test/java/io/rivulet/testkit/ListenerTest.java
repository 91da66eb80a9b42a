package io.rivulet.testkit;

import static io.rivulet.testkit.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.connector.builtin.MemoryTable;
import io.rivulet.error.ErrorCode;
import io.rivulet.streaming.StreamingQueryException;
import io.rivulet.streaming.StreamingQueryListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listeners of an engine and of a query are told, and what becomes of those that throw. */
@Timeout(60)
class ListenerTest {
    private final MemoryInput numbers = MemoryInput.of("n INT");
    private final MemoryTable table = new MemoryTable();

    /** Writes down what it is told, in short. */
    private static final class Notes implements StreamingQueryListener {
        final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void onQueryStarted(QueryStartedEvent event) {
            assertThat(event.id()).isNotEmpty();
            assertThat(event.runId()).isNotEmpty();
            assertThat(event.timestamp()).endsWith("Z");
            told.add("started " + event.name());
        }

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            told.add("batch " + event.progress().batchId() + " of "
                    + event.progress().numInputRows());
        }

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {
            StreamingQueryException failure = event.exception();
            told.add("ended " + event.name() + (failure == null ? "" : " by " + failure.code()));
        }
    }

    private StreamingQuery start(Engine engine, String name, String expression) {
        return engine.readStream(numbers)
                .selectExpr(expression)
                .writeStream()
                .queryName(name)
                .sink(table.sink())
                .start();
    }

    @Test
    void anEngineTellsOfTheWholeLifeOfItsQueries() {
        Notes notes = new Notes();
        try (Engine engine = Engine.create()) {
            engine.streams().addListener(notes);
            StreamingQuery query = start(engine, "numbers", "n");
            numbers.add(row(1), row(2));
            query.processAllAvailable();
            query.stop();
        }
        assertThat(notes.told).containsExactly("started numbers", "batch 0 of 2", "ended numbers");
    }

    @Test
    void aFailureIsToldWithTheEnd() {
        Notes notes = new Notes();
        try (Engine engine = Engine.create()) {
            engine.streams().addListener(notes);
            StreamingQuery query = start(engine, "quotients", "6 div n");
            numbers.add(row(0));
            assertThatThrownBy(query::awaitTermination).isInstanceOf(StreamingQueryException.class);
        }
        assertThat(notes.told).containsExactly("started quotients", "ended quotients by DIVIDE_BY_ZERO");
    }

    @Test
    void oneThatThrowsHarmsNeitherTheQueryNorTheOthers() {
        Notes notes = new Notes();
        StreamingQueryListener thrower = new StreamingQueryListener() {
            @Override
            public void onQueryStarted(QueryStartedEvent event) {
                throw new IllegalStateException("at the start");
            }

            @Override
            public void onQueryProgress(QueryProgressEvent event) {
                throw new AssertionError("at a batch");
            }

            @Override
            public void onQueryTerminated(QueryTerminatedEvent event) {
                throw new IllegalStateException("at the end");
            }
        };
        try (Engine engine = Engine.create()) {
            engine.streams().addListener(thrower);
            engine.streams().addListener(notes);
            StreamingQuery query = start(engine, "numbers", "n");
            numbers.add(row(1));
            query.processAllAvailable();
            query.stop();
            assertThat(query.exception()).isEmpty();
        }
        assertThat(notes.told).containsExactly("started numbers", "batch 0 of 1", "ended numbers");
        assertThat(table.rows()).hasSize(1);
    }

    @Test
    void oneThatWasRemovedIsToldNoMore() {
        Notes ofEngine = new Notes();
        Notes ofQuery = new Notes();
        try (Engine engine = Engine.create()) {
            engine.streams().addListener(ofEngine);
            StreamingQuery query = start(engine, "numbers", "n");
            query.addListener(ofQuery);
            numbers.add(row(1));
            query.processAllAvailable();
            engine.streams().removeListener(ofEngine);
            query.removeListener(ofQuery);
            numbers.add(row(2));
            query.processAllAvailable();
        }
        assertThat(ofEngine.told).containsExactly("started numbers", "batch 0 of 1");
        assertThat(ofQuery.told).containsExactly("batch 0 of 1");
    }

    @Test
    void anyTerminationIsTheFirstSinceTheReset() {
        try (Engine engine = Engine.create()) {
            assertThat(engine.streams().awaitAnyTermination(Duration.ofMillis(1)))
                    .isFalse();
            StreamingQuery query = start(engine, "numbers", "n");
            query.stop();
            engine.streams().awaitAnyTermination();
            engine.streams().resetTerminated();
            assertThat(engine.streams().awaitAnyTermination(Duration.ofMillis(1)))
                    .isFalse();

            numbers.add(row(0));
            start(engine, "quotients", "6 div n");
            assertThatThrownBy(() -> engine.streams().awaitAnyTermination())
                    .isInstanceOfSatisfying(
                            StreamingQueryException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.DIVIDE_BY_ZERO));
        }
    }
}
