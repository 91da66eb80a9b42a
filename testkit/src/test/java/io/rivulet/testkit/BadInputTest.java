package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.testkit.Rows.row;
import static io.rivulet.testkit.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rivulet.DataFrame;
import io.rivulet.DataStreamReader;
import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.streaming.QueryProgress;
import io.rivulet.streaming.Trigger;
import io.rivulet.testkit.FaultyFileAccess.Fault;
import io.rivulet.time.IdleTimeout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong outside the engine has a named error that says where and what to do, and never hangs. */
@Timeout(60)
class BadInputTest {
    @TempDir
    Path directory;

    private final Engine engine = Engine.builder().parallelism(2).build();

    @BeforeEach
    void writeInput() throws IOException {
        Files.createDirectory(directory.resolve("in"));
        Files.writeString(directory.resolve("in").resolve("a.csv"), "k,v\na,1\nb,two\nc,3\n");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private DataStreamReader reader() {
        return engine.readStream().schema("k STRING, v INT").option("header", true);
    }

    private DataFrame input() {
        return reader().csv(directory.resolve("in").toString());
    }

    private StreamingQuery toFiles(DataFrame frame, String checkpoint) {
        return frame.writeStream()
                .format("csv")
                .checkpoint(directory.resolve(checkpoint))
                .trigger(Trigger.availableNow())
                .start(directory.resolve("out").toString());
    }

    private static RivuletException refusal(ErrorCode code, ThrowingCallable call) {
        RivuletException refused = catchThrowableOfType(RivuletException.class, call);
        assertThat(refused).isNotNull();
        assertThat(refused.code()).as(refused.toString()).isEqualTo(code);
        return refused;
    }

    @Test
    void aMalformedRowFailsTheQueryAndIsNamedByFileAndLine() {
        StreamingQuery query = toFiles(input(), "checkpoint");
        assertThat(refusal(ErrorCode.MALFORMED_ROW, query::awaitTermination))
                .hasMessageContaining("a.csv, line 3")
                .hasMessageContaining("two")
                .hasMessageContaining("dropMalformed");
    }

    @Test
    void malformedRowsThatAreDroppedAreCounted() {
        StreamingQuery query = toFiles(
                reader().option("mode", "dropMalformed")
                        .csv(directory.resolve("in").toString()),
                "checkpoint");
        query.awaitTermination();
        QueryProgress progress = Objects.requireNonNull(query.lastProgress());
        assertThat(progress.sources().get(0).numMalformedRows()).isEqualTo(1);
        assertThat(progress.sink().numOutputRows()).isEqualTo(2);
    }

    @Test
    void aHeaderOfOtherColumnsIsNamed() throws IOException {
        Files.writeString(directory.resolve("in").resolve("a.csv"), "k,amount\na,1\n");
        StreamingQuery query = toFiles(input(), "checkpoint");
        assertThat(refusal(ErrorCode.HEADER_MISMATCH, query::awaitTermination))
                .hasMessageContaining("a.csv")
                .hasMessageContaining("v");
    }

    @Test
    void aMissingPathIsRefusedBeforeAnythingStarts() {
        assertThat(refusal(
                        ErrorCode.PATH_NOT_FOUND,
                        () -> toFiles(reader().csv(directory.resolve("inn").toString()), "checkpoint")))
                .hasMessageContaining("inn");
    }

    @Test
    void anUnknownOptionIsRefusedWithTheNearestOne() {
        assertThat(refusal(
                        ErrorCode.UNKNOWN_OPTION,
                        () -> reader().option("maxFilePerTrigger", 1)
                                .csv(directory.resolve("in").toString())))
                .hasMessageContaining("'maxFilesPerTrigger'");
        assertThat(refusal(
                        ErrorCode.UNKNOWN_OPTION,
                        () -> input().writeStream()
                                .format("noop")
                                .option("flushAtTheEnd", true)
                                .start()))
                .hasMessageContaining("'flushAtEnd'");
        assertThat(refusal(
                        ErrorCode.UNKNOWN_OPTION,
                        () -> Engine.builder().option("paralelism", 2).build()))
                .hasMessageContaining("'parallelism'");
    }

    @Test
    void durationsThatAreNoneOrTooLongAreRefused() {
        DataFrame timed = engine.readStream(MemoryInput.of("t TIMESTAMP"));
        assertThat(refusal(ErrorCode.SYNTAX_ERROR, () -> timed.withWatermark("t", "PT10X")))
                .hasMessageContaining("PT10X");
        refusal(ErrorCode.SYNTAX_ERROR, () -> timed.withWatermark("t", "99999999999999999 weeks"));
        refusal(ErrorCode.SYNTAX_ERROR, () -> IdleTimeout.of("PT10X"));
        assertThat(refusal(ErrorCode.BAD_ARGUMENT, () -> timed.withWatermark("t", "9999999999999999 seconds")))
                .hasMessageContaining("watermark delay")
                .hasMessageContaining("1000000 days");
        refusal(ErrorCode.BAD_ARGUMENT, () -> IdleTimeout.of(Duration.ofSeconds(Long.MAX_VALUE)));
        refusal(ErrorCode.BAD_ARGUMENT, () -> Trigger.processingTime(Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(refusal(ErrorCode.BAD_OPTION, () -> Trigger.processingTime(Duration.ofNanos(10))))
                .hasMessageContaining("a microsecond");
    }

    @Test
    void waitingForTheLongestTimeThereIsIsWaitingForEver() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        StreamingQuery query = input().select("k")
                .writeStream()
                .format("noop")
                .option("targetBatchDuration", "900000 days")
                .start();
        query.stop();
        assertThat(query.awaitTermination(longest)).isTrue();
        assertThat(engine.streams().awaitAnyTermination(longest)).isTrue();
    }

    @Test
    void aCheckpointNeedsADirectory() {
        assertThat(refusal(ErrorCode.BAD_OPTION, () -> input().writeStream().checkpoint(" ")))
                .hasMessageContaining("checkpoint(");
        refusal(ErrorCode.BAD_OPTION, () -> input().writeStream().option("checkpointLocation", ""));
    }

    @Test
    void flushAtEndNeedsAnEnd() {
        assertThat(refusal(
                        ErrorCode.BAD_OPTION,
                        () -> input().writeStream()
                                .format("noop")
                                .option("flushAtEnd", true)
                                .start()))
                .hasMessageContaining("availableNow");
    }

    @Test
    void valuesOfTheWrongTypeAreRefused() {
        refusal(
                ErrorCode.BAD_OPTION,
                () -> reader().option("maxRowsPerTrigger", "many")
                        .csv(directory.resolve("in").toString()));
        assertThat(refusal(ErrorCode.TYPE_MISMATCH, () -> input().groupBy("k").sum("k")))
                .hasMessageEndingWith("sum takes a number, not STRING (in sum(k))");
        refusal(ErrorCode.TYPE_MISMATCH, () -> input().filter(col("v")));
        assertThat(refusal(ErrorCode.UNKNOWN_COLUMN, () -> input().select("w"))).hasMessageContaining("w");
        refusal(
                ErrorCode.BAD_SCHEMA,
                () -> engine.readStream()
                        .schema("k STRING, k INT")
                        .csv(directory.resolve("in").toString()));
        refusal(ErrorCode.SYNTAX_ERROR, () -> reader().schema("k STRANG"));
    }

    @Test
    void anOutputModeThatTheQueryCannotDoIsRefusedWithWhatWouldWork() {
        DataFrame counts = input().groupBy("k").count();
        assertThat(refusal(
                        ErrorCode.UNSUPPORTED_MODE,
                        () -> counts.writeStream().format("noop").start()))
                .hasMessageContaining("update");
        assertThat(refusal(
                        ErrorCode.UNSUPPORTED_MODE,
                        () -> input().writeStream()
                                .outputMode("complete")
                                .format("noop")
                                .start()))
                .hasMessageContaining("append");
        assertThat(refusal(
                        ErrorCode.UNSUPPORTED_MODE,
                        () -> counts.writeStream()
                                .outputMode("update")
                                .format("csv")
                                .checkpoint(directory.resolve("checkpoint"))
                                .start(directory.resolve("out").toString())))
                .hasMessageContaining("csv");
    }

    @Test
    void aSecondQueryOnACheckpointIsRefusedNamingTheHolder() {
        MemoryInput values = MemoryInput.of("v INT");
        Path checkpoint = directory.resolve("checkpoint");
        StreamingQuery first = engine.readStream(values)
                .writeStream()
                .format("noop")
                .checkpoint(checkpoint)
                .start();
        assertThat(refusal(
                        ErrorCode.CHECKPOINT_LOCKED,
                        () -> engine.readStream(values)
                                .writeStream()
                                .format("noop")
                                .checkpoint(checkpoint)
                                .start()))
                .hasMessageContaining(checkpoint.toString())
                .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
        values.add(row(1));
        first.processAllAvailable(); // goes on undisturbed
        first.stop();
    }

    @Test
    void anOutputDirectoryBelongsToOneQuery() throws IOException {
        MemoryInput values = MemoryInput.of("v INT");
        String out = directory.resolve("out").toString();
        StreamingQuery first = engine.readStream(values)
                .writeStream()
                .format("csv")
                .checkpoint(directory.resolve("one"))
                .start(out);
        ThrowingCallable second = () -> engine.readStream(MemoryInput.of("v INT"))
                .writeStream()
                .format("csv")
                .checkpoint(directory.resolve("two"))
                .start(out);
        assertThat(refusal(ErrorCode.CHECKPOINT_LOCKED, second)).hasMessageContaining(out);
        values.add(row(1));
        first.processAllAvailable();
        first.stop();
        assertThat(refusal(ErrorCode.SINK_CONFLICT, second)).hasMessageContaining(out);
    }

    @Test
    void aFullDiskEndsTheQueryAndItGoesOnWhenThereIsRoom() throws IOException {
        MemoryInput values = MemoryInput.of("v INT");
        FaultyFileAccess files = new FaultyFileAccess(directory);
        try (StreamScript script = StreamScript.of(
                        e -> e.readStream(values).groupBy("v").count())
                .mode(OutputMode.UPDATE)
                .files(files)
                .checkpoint(directory.resolve("checkpoint"))) {
            script.add(values, rows(1, 2)).expect(row(1, 1), row(2, 1));
            files.breakAt(files.calls() + 1, Fault.NO_SPACE);
            script.add(values, rows(1))
                    .expectFailure(ErrorCode.NO_SPACE, e -> assertThat(e).hasMessageContaining("checkpoint"));
            files.restart();
            script.expect(row(1, 2)).expectState(2);
        }
    }

    @Test
    void aChangedQueryIsRefusedWithWhatDiffers() {
        MemoryInput values = MemoryInput.of("v INT, w INT");
        Path checkpoint = directory.resolve("checkpoint");
        try (StreamScript script = StreamScript.of(
                        e -> e.readStream(values).groupBy("v").count())
                .mode(OutputMode.UPDATE)
                .checkpoint(checkpoint)) {
            script.add(values, row(1, 2)).expect(row(1, 1));
        }
        try (StreamScript script = StreamScript.of(
                        e -> e.readStream(values).groupBy("w").count())
                .mode(OutputMode.UPDATE)
                .checkpoint(checkpoint)) {
            script.expectRefusal(ErrorCode.QUERY_CHANGED, e -> assertThat(e).hasMessageContaining("w INT"));
        }
    }

    @Test
    void aDirectoryOfForeignFilesIsNoCheckpoint() throws IOException {
        Files.writeString(directory.resolve("notes.txt"), "mine");
        assertThat(refusal(
                        ErrorCode.CHECKPOINT_FOREIGN,
                        () -> input().writeStream()
                                .format("noop")
                                .checkpoint(directory)
                                .start()))
                .hasMessageContaining("notes.txt");
    }

    @Test
    void aSmallMemoryLimitIsAnErrorThatNamesTheHolders() {
        MemoryInput values = MemoryInput.of("v BIGINT");
        Path checkpoint = directory.resolve("checkpoint");
        try (StreamScript script = StreamScript.of(
                        e -> e.readStream(values).groupBy("v").count())
                .mode(OutputMode.UPDATE)
                .checkpoint(checkpoint)
                .engine(b -> b.memoryLimit(4 << 20))) {
            for (int i = 0; i < 10; i++) {
                script.add(values, row((long) i));
            }
            assertThat(script.newRows()).hasSize(10);
            for (long i = 10; i < 200_000; i++) {
                script.add(values, row(i));
            }
            script.expectFailure(
                    ErrorCode.MEMORY_LIMIT,
                    e -> assertThat(e).hasMessageContaining("memoryLimit").hasMessageContaining("aggregate-0"));
            script.engine(b -> b.memoryLimit(256 << 20));
            assertThat(script.newRows()).hasSize(199_990);
            script.expectState(200_000);
        }
    }
}
