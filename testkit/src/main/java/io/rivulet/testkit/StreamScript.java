package io.rivulet.testkit;

import io.rivulet.DataFrame;
import io.rivulet.DataStreamWriter;
import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.connector.OutputMode;
import io.rivulet.connector.builtin.MemoryTable;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.file.FileAccess;
import io.rivulet.file.LocalFileAccess;
import io.rivulet.streaming.QueryProgress;
import io.rivulet.streaming.QueryProgress.StateOperatorProgress;
import io.rivulet.streaming.StreamingQueryException;
import io.rivulet.streaming.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A streaming query told as a story: add rows, say what comes out, stop, go on. A step stages rows with {@link #add} and
 * is run, as one batch, by the next expectation; rows come out into a table in memory, of which an expectation sees what
 * is new since the last one (in complete mode: the whole result, if a batch ran).
 *
 * <pre>{@code
 * MemoryInput times = MemoryInput.of("t TIMESTAMP");
 * try (StreamScript script = StreamScript.of(engine -> engine.readStream(times)
 *         .withWatermark("t", "10 seconds")
 *         .groupBy(window(col("t"), "5 seconds"))
 *         .agg(count("*").as("n"))
 *         .selectExpr("unix_timestamp(window.start) AS start", "n"))) {
 *     script.checkpoint(directory)
 *             .add(times, seconds(10, 11, 12, 13, 14, 15)).expectNothing()
 *             .add(times, seconds(25)).expect(row(10, 5)).expectState(2)
 *             .restart()
 *             .add(times, seconds(10)).expectNothing().expectDropped(1);
 * }
 * }</pre>
 *
 * Settings (mode, trigger, checkpoint, variation, …) count from the next start of the query on; it is started by the
 * first step. Every start makes a new engine and calls the query function anew. Used by one thread; put a time limit
 * on the test. Expectations throw AssertionError.
 */
public final class StreamScript implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Function<Engine, DataFrame> query;
    private final Map<String, Object> options = new LinkedHashMap<>();
    private final Set<MemoryInput> staged = new LinkedHashSet<>();
    private final List<QueryProgress> progress = new ArrayList<>();
    private OutputMode mode = OutputMode.APPEND;
    private Trigger trigger = Trigger.asap();
    private Variation variation = Variation.DEFAULT;
    private FileAccess files = LocalFileAccess.INSTANCE;
    private Consumer<Engine.Builder> engineSettings = builder -> {};
    private Consumer<DataStreamWriter> writerSettings = writer -> {};
    private @Nullable ManualClock clock;
    private @Nullable Path checkpoint;

    private MemoryTable table = new MemoryTable();
    private int rowsSeen;
    private long batchSeen = -1;
    private int stepStart;
    private @Nullable Engine engine;
    private @Nullable StreamingQuery running;
    private int progressTaken;

    private StreamScript(Function<Engine, DataFrame> query) {
        this.query = query;
        options.put("progressHistory", 10_000);
    }

    /** A script of the query that a function builds; it is called at every start, with a new engine. */
    public static StreamScript of(Function<Engine, DataFrame> query) {
        return new StreamScript(query);
    }

    // ------------------------------------------------------------------ settings

    /** The output mode; append without this. */
    public StreamScript mode(OutputMode outputMode) {
        mode = outputMode;
        return this;
    }

    /** The trigger; without this a batch runs for every step. A query that ends by itself is started by every step. */
    public StreamScript trigger(Trigger when) {
        trigger = when;
        return this;
    }

    /** How to run it; {@link Variation#DEFAULT} without this. */
    public StreamScript variation(Variation how) {
        variation = how;
        return this;
    }

    /** Where the query keeps its state, without which it cannot be restarted. */
    public StreamScript checkpoint(Path directory) {
        checkpoint = directory;
        return this;
    }

    /** An option of the query. */
    public StreamScript option(String name, Object value) {
        options.put(name, value);
        return this;
    }

    /** The clock of the engine, which {@link #advance} moves; the system's without this. */
    public StreamScript clock(ManualClock manual) {
        clock = manual;
        return this;
    }

    /** How the engine reaches files. */
    public StreamScript files(FileAccess access) {
        files = access;
        return this;
    }

    /** Further settings of the writer, e.g. a late-row sink. */
    public StreamScript writer(Consumer<DataStreamWriter> settings) {
        writerSettings = settings;
        return this;
    }

    /** Further settings of the engine. */
    public StreamScript engine(Consumer<Engine.Builder> settings) {
        engineSettings = settings;
        return this;
    }

    // ------------------------------------------------------------------ steps

    /** Stages rows for the next batch. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final StreamScript add(MemoryInput input, List<? extends @Nullable Object>... rows) {
        return add(input, Arrays.asList(rows));
    }

    /** Stages rows for the next batch. */
    public StreamScript add(MemoryInput input, List<? extends List<? extends @Nullable Object>> rows) {
        input.stage(rows);
        staged.add(input);
        return this;
    }

    /** Has the next batch read nothing from an input, although the input has moved. */
    public StreamScript addEmptyBatch(MemoryInput input) {
        input.stageEmptyBatch();
        staged.add(input);
        return this;
    }

    /** Starts the query if it does not run. */
    public StreamScript start() {
        if (running != null && running.isActive()) {
            return this;
        }
        stop();
        Engine.Builder builder = variation.apply(Engine.builder()).fileAccess(files);
        if (clock != null) {
            builder.clock(clock);
        }
        engineSettings.accept(builder);
        Engine made = builder.build();
        engine = made;
        DataStreamWriter writer = query.apply(made)
                .writeStream()
                .outputMode(mode)
                .trigger(trigger)
                .sink(table.sink());
        options.forEach(writer::option);
        writerSettings.accept(writer);
        if (checkpoint != null) {
            writer.checkpoint(checkpoint);
        }
        progressTaken = 0;
        running = writer.start();
        if (trigger.kind() == Trigger.Kind.DEFAULT) {
            running.processAllAvailable(); // so that what comes now is seen by one look at the inputs
        }
        return this;
    }

    /** Runs the step: what was staged becomes a batch. Expectations do this by themselves. */
    public StreamScript process() {
        boolean anything = !staged.isEmpty() || running == null;
        if (!anything) {
            return this;
        }
        stepStart = progress.size();
        try {
            if (trigger.ends()) {
                publish();
                start();
                if (!query().awaitTermination(LIMIT)) {
                    throw new AssertionError("the query has not ended within " + LIMIT);
                }
            } else {
                start();
                if (trigger.kind() == Trigger.Kind.PROCESSING_TIME && clock != null) {
                    clock.awaitSleeper(LIMIT); // rows of this step are for the next tick
                }
                publish();
                if (trigger.kind() == Trigger.Kind.DEFAULT) {
                    query().processAllAvailable();
                }
            }
        } finally {
            takeProgress();
        }
        if (variation.restartAfterEachBatch() && checkpoint != null && !trigger.ends()) {
            stop();
            start();
        }
        return this;
    }

    private void publish() {
        MemoryInput.publishAll(staged);
        staged.clear();
    }

    /** Moves the clock. With a processing-time trigger, waits until the batch that is due now is done. */
    public StreamScript advance(Duration by) {
        ManualClock manual = clock;
        if (manual == null) {
            throw new IllegalStateException("give the script a ManualClock with clock(…) first");
        }
        stepStart = progress.size();
        boolean waits = trigger.kind() == Trigger.Kind.PROCESSING_TIME;
        if (waits) {
            start();
            manual.awaitSleeper(LIMIT);
            publish();
        }
        manual.advance(by);
        if (waits) {
            manual.awaitSleeper(LIMIT);
            takeProgress();
        }
        return this;
    }

    /** Stops the query in peace. */
    public StreamScript stop() {
        if (running != null) {
            running.stop();
            takeProgress();
            running = null;
        }
        if (engine != null) {
            engine.close();
            engine = null;
        }
        return this;
    }

    /** Stops the query and opens it again from its checkpoint. */
    public StreamScript restart() {
        if (checkpoint == null) {
            throw new IllegalStateException("a query without checkpoint(…) cannot be restarted");
        }
        stop();
        return start();
    }

    /** Stops the query and empties its sink, so that whatever it gives out again would be seen. */
    public StreamScript clearSink() {
        stop();
        table = new MemoryTable();
        rowsSeen = 0;
        batchSeen = -1;
        return this;
    }

    // ------------------------------------------------------------------ expectations

    /** These rows are new, in any order, and no other. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final StreamScript expect(List<? extends @Nullable Object>... rows) {
        return compare(Arrays.asList(rows), false);
    }

    /** These rows are new, in any order, and no other. */
    public StreamScript expect(List<? extends List<? extends @Nullable Object>> rows) {
        return compare(rows, false);
    }

    /** These rows are new, in this order, and no other. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final StreamScript expectInOrder(List<? extends @Nullable Object>... rows) {
        return compare(Arrays.asList(rows), true);
    }

    /** Nothing is new. */
    public StreamScript expectNothing() {
        return compare(List.of(), false);
    }

    private StreamScript compare(List<? extends List<? extends @Nullable Object>> expected, boolean ordered) {
        String difference = Rows.difference(newRows(), expected, ordered);
        if (difference != null) {
            throw new AssertionError(difference + "\n after batch " + table.lastBatch() + " with " + variation);
        }
        return this;
    }

    /** Runs the step and gives the rows that are new, for assertions of your own. */
    public List<List<@Nullable Object>> newRows() {
        process();
        List<List<@Nullable Object>> all = Rows.of(table.batches());
        if (mode == OutputMode.COMPLETE) {
            boolean fresh = table.lastBatch() > batchSeen;
            batchSeen = table.lastBatch();
            return fresh ? all : List.of();
        }
        List<List<@Nullable Object>> fresh = all.subList(rowsSeen, all.size());
        rowsSeen = all.size();
        return fresh;
    }

    /** The step fails the query with this code; it is started again by the next step. */
    public StreamScript expectFailure(ErrorCode code) {
        return expectFailure(code, failure -> {});
    }

    /** The step fails the query with this code, and the failure is as a consumer wants it. */
    public StreamScript expectFailure(ErrorCode code, Consumer<? super StreamingQueryException> check) {
        try {
            process();
        } catch (StreamingQueryException e) {
            requireCode(code, e);
            check.accept(e);
            return stop();
        }
        throw new AssertionError("the query was to fail with " + code + ", but went on");
    }

    /** The query is refused at its start with this code, and the refusal is as a consumer wants it. */
    public StreamScript expectRefusal(ErrorCode code, Consumer<? super RivuletException> check) {
        stop();
        try {
            start();
        } catch (RivuletException e) {
            requireCode(code, e);
            check.accept(e);
            return stop();
        }
        throw new AssertionError("the query was to be refused with " + code + ", but started");
    }

    private static void requireCode(ErrorCode code, RivuletException e) {
        if (e.code() != code) {
            throw new AssertionError("expected " + code + " but was " + e.getMessage(), e);
        }
    }

    /**
     * The rows that the stateful operators hold after the last batch, one number per operator: the last operator of the
     * query first, then those whose rows it takes.
     */
    public StreamScript expectState(long... rows) {
        process();
        return requireNumbers("state rows", rows, numbers(last().stateOperators(), o -> o.numRowsTotal()));
    }

    /** The late rows that the step's batches refused, one number per stateful operator. */
    public StreamScript expectDropped(long... rows) {
        return requireNumbers("late rows", rows, sums(o -> o.numRowsDroppedByWatermark()));
    }

    /** The state rows that the step's batches evicted, one number per stateful operator. */
    public StreamScript expectRemoved(long... rows) {
        return requireNumbers("removed rows", rows, sums(o -> o.numRowsRemoved()));
    }

    /** The state rows that the step's batches changed, one number per stateful operator. */
    public StreamScript expectUpdated(long... rows) {
        return requireNumbers("updated rows", rows, sums(o -> o.numRowsUpdated()));
    }

    /** The rows that one operator holds after the last batch; operators are named as in the progress. */
    public StreamScript expectState(String operator, long rows) {
        process();
        long actual = 0;
        for (StateOperatorProgress o : last().stateOperators()) {
            actual += o.operatorName().equals(operator) ? o.numRowsTotal() : 0;
        }
        return requireNumber(operator, "state rows", rows, actual);
    }

    /** The late rows that one operator refused in the step's batches. */
    public StreamScript expectDropped(String operator, long rows) {
        return requireNumber(operator, "late rows", rows, sum(operator, o -> o.numRowsDroppedByWatermark()));
    }

    /** The state rows that one operator evicted in the step's batches. */
    public StreamScript expectRemoved(String operator, long rows) {
        return requireNumber(operator, "removed rows", rows, sum(operator, o -> o.numRowsRemoved()));
    }

    private long sum(String operator, ToLongFunction<StateOperatorProgress> of) {
        process();
        return progress.subList(stepStart, progress.size()).stream()
                .flatMap(batch -> batch.stateOperators().stream())
                .filter(o -> o.operatorName().equals(operator))
                .mapToLong(of)
                .sum();
    }

    private StreamScript requireNumber(String operator, String what, long expected, long actual) {
        List<String> names =
                last().stateOperators().stream().map(o -> o.operatorName()).toList();
        if (!names.contains(operator)) {
            throw new AssertionError("there is no operator " + operator + " among " + names);
        }
        return requireNumbers(what + " of " + operator, new long[] {expected}, new long[] {actual});
    }

    private long[] sums(ToLongFunction<StateOperatorProgress> of) {
        process();
        long[] sums = new long[last().stateOperators().size()];
        for (QueryProgress batch : progress.subList(stepStart, progress.size())) {
            long[] numbers = numbers(batch.stateOperators(), of);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += numbers[i];
            }
        }
        return sums;
    }

    private static long[] numbers(List<StateOperatorProgress> operators, ToLongFunction<StateOperatorProgress> of) {
        return operators.stream().mapToLong(of).toArray();
    }

    private StreamScript requireNumbers(String what, long[] expected, long[] actual) {
        if (!Arrays.equals(expected, actual)) {
            throw new AssertionError("expected " + what + " " + Arrays.toString(expected) + " but was "
                    + Arrays.toString(actual) + " with " + variation);
        }
        return this;
    }

    /** The watermark after the last batch, in seconds since the epoch. */
    public StreamScript expectWatermark(long seconds) {
        process();
        String shown = last().eventTime().get("watermark");
        if (shown == null || !Instant.parse(shown).equals(Instant.ofEpochSecond(seconds))) {
            throw new AssertionError("expected the watermark " + Instant.ofEpochSecond(seconds) + " but was " + shown);
        }
        return this;
    }

    /** The step ran so many batches. */
    public StreamScript expectBatches(int count) {
        process();
        if (progress.size() - stepStart != count) {
            throw new AssertionError("expected " + count + " batches but was " + (progress.size() - stepStart));
        }
        return this;
    }

    /** The progress of the last batch is as a consumer wants it. */
    public StreamScript expectProgress(Consumer<? super QueryProgress> check) {
        process();
        check.accept(last());
        return this;
    }

    /** The progress of all batches so far, over all restarts. */
    public List<QueryProgress> progress() {
        return List.copyOf(progress);
    }

    /** The running query. */
    public StreamingQuery query() {
        if (running == null) {
            throw new IllegalStateException("the query is not started");
        }
        return running;
    }

    private QueryProgress last() {
        if (progress.isEmpty()) {
            throw new AssertionError("no batch has run yet");
        }
        return progress.get(progress.size() - 1);
    }

    private void takeProgress() {
        if (running != null) {
            List<QueryProgress> recent = running.recentProgress();
            progress.addAll(recent.subList(progressTaken, recent.size()));
            progressTaken = recent.size();
        }
    }

    /** Stops the query. */
    @Override
    public void close() {
        stop();
    }
}
