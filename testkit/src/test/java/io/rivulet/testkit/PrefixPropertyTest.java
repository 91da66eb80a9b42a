package io.rivulet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.Engine;
import io.rivulet.connector.OutputMode;
import io.rivulet.execution.EngineServices;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.streaming.QueryProgress;
import io.rivulet.streaming.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random aggregations over random rows, cut into random batches, restarted at random with another parallelism, vector
 * size and evaluation mode. Without late rows the stream, flushed at its end, gives what the batch query over all rows
 * gives; with or without, every batch gives what a plain row by row evaluation says.
 *
 * <p>{@code -Drivulet.seed} and {@code -Drivulet.cases} choose the cases; a failure names its own seed.
 */
@Timeout(600)
class PrefixPropertyTest {
    private static final int CASES = Integer.getInteger("rivulet.cases", 500);

    @TempDir
    Path temporary;

    /** One case by its number. */
    private interface Case {
        void run(Random random, Path directory) throws IOException;
    }

    private void all(Case one) throws IOException {
        long first = Long.getLong("rivulet.seed", 4711);
        System.getLogger(PrefixPropertyTest.class.getName())
                .log(System.Logger.Level.INFO, "seeds " + first + " to " + (first + CASES - 1));
        for (long seed = first; seed < first + CASES; seed++) {
            Path directory = Files.createDirectory(temporary.resolve("case-" + seed));
            try {
                one.run(new Random(seed * 0x9E3779B97F4A7C15L), directory);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("case with -Drivulet.seed=" + seed + " -Drivulet.cases=1", e);
            }
        }
    }

    private static Variation variation(Random random) {
        int[] sizes = {1, 2, 3, 7, EngineServices.DEFAULT_VECTOR_SIZE};
        return new Variation(
                sizes[random.nextInt(sizes.length)],
                1 + random.nextInt(4),
                random.nextInt(5) == 0 ? EvaluationMode.COMPILED : EvaluationMode.INTERPRETED,
                false);
    }

    private static List<List<List<@Nullable Object>>> cuts(Random random, List<List<@Nullable Object>> rows) {
        List<List<List<@Nullable Object>>> cuts = new ArrayList<>();
        int at = 0;
        while (at < rows.size()) {
            int end = Math.min(rows.size(), at + 1 + random.nextInt(random.nextBoolean() ? 4 : 30));
            cuts.add(rows.subList(at, end));
            at = end;
        }
        return cuts;
    }

    private static List<List<@Nullable Object>> rounded(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        rows.forEach(row -> all.add(RowwiseEvaluator.rounded(row)));
        return all;
    }

    private static void requireSame(
            String what, List<List<@Nullable Object>> actual, List<List<@Nullable Object>> expected) {
        String difference = Rows.difference(rounded(actual), rounded(expected), false);
        if (difference != null) {
            throw new AssertionError(what + ": " + difference);
        }
    }

    @Test
    void everyBatchGivesWhatARowByRowEvaluationSays() throws IOException {
        all((random, directory) -> {
            RandomQuery query = new RandomQuery(random, random.nextInt(4) > 0);
            MemoryInput input = MemoryInput.of(query.schema());
            RowwiseEvaluator evaluator = new RowwiseEvaluator(query);
            try (StreamScript script = StreamScript.of(engine -> query.over(engine.readStream(input)))
                    .mode(query.mode)
                    .variation(variation(random))
                    .files(new FaultyFileAccess(directory))
                    .checkpoint(directory.resolve("checkpoint"))) {
                int number = 0;
                for (List<List<@Nullable Object>> cut : cuts(random, query.rows)) {
                    String what = query + "\nbatch " + number++ + " of " + cut;
                    List<List<@Nullable Object>> actual = script.add(input, cut).newRows();
                    requireSame(what, actual, evaluator.batch(cut));
                    requireSameCounts(what, script.progress(), evaluator);
                    if (random.nextInt(3) == 0) {
                        script.stop().variation(variation(random));
                    }
                }
            }
        });
    }

    private static void requireSameCounts(String what, List<QueryProgress> progress, RowwiseEvaluator evaluator) {
        QueryProgress.StateOperatorProgress last =
                progress.get(progress.size() - 1).stateOperators().get(0);
        assertThat(last.numRowsTotal()).as("state rows, " + what).isEqualTo(evaluator.size());
        assertThat(progress.stream()
                        .mapToLong(p -> p.stateOperators().get(0).numRowsDroppedByWatermark())
                        .sum())
                .as("late rows, " + what)
                .isEqualTo(evaluator.late());
        assertThat(progress.stream()
                        .mapToLong(p -> p.stateOperators().get(0).numRowsDroppedByNullTime())
                        .sum())
                .as("rows without time, " + what)
                .isEqualTo(evaluator.withoutTime());
    }

    @Test
    void aFlushedStreamGivesWhatTheBatchQueryGives() throws IOException {
        all((random, directory) -> {
            RandomQuery query = new RandomQuery(random, false);
            MemoryInput input = MemoryInput.of(query.schema());
            List<List<@Nullable Object>> streamed = new ArrayList<>();
            try (StreamScript script = StreamScript.of(engine -> query.over(engine.readStream(input)))
                    .mode(query.mode)
                    .trigger(Trigger.availableNow())
                    .files(new FaultyFileAccess(directory))
                    .checkpoint(directory.resolve("checkpoint"))) {
                List<List<List<@Nullable Object>>> cuts = cuts(random, query.rows);
                for (int i = 0; i < cuts.size(); i++) {
                    List<List<@Nullable Object>> fresh = script.variation(variation(random))
                            .option("maxRowsPerBatch", 1 + random.nextInt(20))
                            .option("flushAtEnd", i == cuts.size() - 1)
                            .add(input, cuts.get(i))
                            .newRows();
                    if (query.mode == OutputMode.COMPLETE) {
                        streamed.clear();
                    }
                    streamed.addAll(fresh);
                }
            }
            List<List<@Nullable Object>> result =
                    query.mode == OutputMode.UPDATE ? lastPerKey(streamed, query.keyColumns()) : streamed;
            List<List<@Nullable Object>> whole = RowwiseEvaluator.whole(query);
            requireSame(query + "\nbatch query", batchResult(query, input, variation(random)), whole);
            requireSame(query + "\nstream", result, whole);
        });
    }

    private static List<List<@Nullable Object>> batchResult(RandomQuery query, MemoryInput input, Variation variation) {
        try (Engine engine = variation.apply(Engine.builder()).build()) {
            return Rows.of(query.over(engine.read(input)).collectBatches());
        }
    }

    private static List<List<@Nullable Object>> lastPerKey(List<List<@Nullable Object>> rows, int keyColumns) {
        Map<List<@Nullable Object>, List<@Nullable Object>> last = new LinkedHashMap<>();
        rows.forEach(row -> last.put(Rows.comparable(row.subList(0, keyColumns)), row));
        return new ArrayList<>(last.values());
    }
}
