package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.window;
import static io.rivulet.testkit.Rows.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rivulet.Engine;
import io.rivulet.connector.builtin.MemoryTable;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What progress tells, under which names. */
@Timeout(60)
class ProgressTest {
    private final MemoryInput times = MemoryInput.of("times", "t TIMESTAMP");

    private StreamScript script() {
        return StreamScript.of(engine -> engine.readStream(times)
                .withWatermark("t", "10 seconds")
                .groupBy(window(col("t"), "5 seconds"))
                .count());
    }

    /** The paths of all fields, e.g. {@code sources.startOffset}. */
    private static Set<String> fields(String json) throws IOException {
        Set<String> fields = new TreeSet<>();
        Deque<String> path = new ArrayDeque<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            String field = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case FIELD_NAME -> {
                        field = parser.currentName();
                        fields.add(path.isEmpty() || path.peek().isEmpty() ? field : path.peek() + "." + field);
                    }
                    case START_OBJECT ->
                        path.push(path.isEmpty() ? "" : (path.peek().isEmpty() ? field : path.peek() + "." + field));
                    case END_OBJECT -> path.pop();
                    default -> {}
                }
            }
        }
        return fields;
    }

    @Test
    void everyFieldHasTheNameThatIsKnown() throws IOException {
        try (StreamScript script = script().writer(writer -> writer.lateRows(new MemoryTable().sink()))) {
            script.add(times, seconds(10, 25)).newRows();
            String json = script.progress().get(0).json();
            assertThat(fields(json))
                    .containsExactlyInAnyOrder(
                            "id",
                            "runId",
                            "name",
                            "timestamp",
                            "batchId",
                            "batchDuration",
                            "numInputRows",
                            "inputRowsPerSecond",
                            "processedRowsPerSecond",
                            "durationMs",
                            "durationMs.latestOffset",
                            "durationMs.addBatch",
                            "durationMs.walCommit",
                            "durationMs.commitOffsets",
                            "durationMs.triggerExecution",
                            "cpuTimeMs",
                            "eventTime",
                            "eventTime.min",
                            "eventTime.max",
                            "eventTime.avg",
                            "eventTime.watermark",
                            "stateOperators",
                            "stateOperators.operatorName",
                            "stateOperators.numRowsTotal",
                            "stateOperators.numRowsUpdated",
                            "stateOperators.numRowsRemoved",
                            "stateOperators.numRowsDroppedByWatermark",
                            "stateOperators.numRowsDroppedByNullTime",
                            "stateOperators.memoryUsedBytes",
                            "stateOperators.commitTimeMs",
                            "sources",
                            "sources.description",
                            "sources.startOffset",
                            "sources.endOffset",
                            "sources.latestOffset",
                            "sources.numInputRows",
                            "sources.numMalformedRows",
                            "sink",
                            "sink.description",
                            "sink.numOutputRows",
                            "sideSinks",
                            "sideSinks.name",
                            "sideSinks.description",
                            "sideSinks.numOutputRows");
        }
    }

    @Test
    void aSourceTellsWhatIsLeftInIt() {
        try (StreamScript script = script().option("maxRowsPerBatch", 2)) {
            script.add(times, seconds(1, 2, 3, 4, 5)).newRows();
            assertThat(script.progress())
                    .extracting(p -> p.sources().get(0).endOffset() + " of "
                            + p.sources().get(0).latestOffset())
                    .containsExactly("2 of 5", "4 of 5", "5 of 5");
        }
    }

    @Test
    void theProcessorTimeIsThatOfTheQuery() {
        try (StreamScript script = script()) {
            script.add(times, seconds(1, 2, 3)).newRows();
            script.add(times, seconds(4)).newRows();
            assertThat(script.progress())
                    .allSatisfy(p -> assertThat(p.cpuTimeMs()).isBetween(0L, 60_000L));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 seconds", "-1 second", "fast", "10"})
    void aTargetDurationIsPositive(String text) {
        try (Engine engine = Engine.create()) {
            assertThatThrownBy(() -> engine.readStream(times)
                            .writeStream()
                            .sink(new MemoryTable().sink())
                            .option("targetBatchDuration", text)
                            .start())
                    .isInstanceOfSatisfying(RivuletException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.BAD_OPTION);
                        assertThat(e).hasMessageContaining("targetBatchDuration");
                    });
        }
    }

    @Test
    void withATargetDurationTheFirstBatchIsModest() {
        try (StreamScript script = script().option("targetBatchDuration", "1 hour")) {
            long[] many = new long[25_000];
            java.util.Arrays.fill(many, 7);
            script.add(times, seconds(many)).newRows();
            assertThat(script.progress())
                    .extracting(p -> p.numInputRows())
                    .as("doubled after a full batch that was quick")
                    .containsExactly(10_000L, 15_000L);
        }
    }
}
