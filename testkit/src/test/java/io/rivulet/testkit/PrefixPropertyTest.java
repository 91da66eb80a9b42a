package io.rivulet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.Engine;
import io.rivulet.connector.OutputMode;
import io.rivulet.execution.EngineServices;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.streaming.QueryProgress;
import io.rivulet.streaming.Trigger;
import io.rivulet.testkit.RandomQuery.InputRow;
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
 * Random aggregations (see {@link RandomQuery}) over random rows, cut into random batches, restarted at random with another parallelism, vector
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

    private static List<List<InputRow>> cuts(Random random, List<InputRow> rows) {
        List<List<InputRow>> cuts = new ArrayList<>();
        int at = 0;
        while (at < rows.size()) {
            int end = Math.min(rows.size(), at + 1 + random.nextInt(random.nextBoolean() ? 4 : 30));
            cuts.add(rows.subList(at, end));
            at = end;
        }
        return cuts;
    }

    private static List<MemoryInput> inputs(RandomQuery query) {
        List<MemoryInput> inputs = new ArrayList<>();
        for (int i = 0; i < query.inputs(); i++) {
            inputs.add(MemoryInput.of(query.schema()));
        }
        return inputs;
    }

    private static StreamScript script(RandomQuery query, List<MemoryInput> inputs, Path directory) throws IOException {
        return StreamScript.of(engine ->
                        query.over(inputs.stream().map(engine::readStream).toList()))
                .mode(query.mode)
                .option("watermarkPolicy", query.leastWatermark ? "min" : "max")
                .files(new FaultyFileAccess(directory))
                .checkpoint(directory.resolve("checkpoint"));
    }

    private static StreamScript add(StreamScript script, List<MemoryInput> inputs, List<InputRow> cut) {
        for (int i = 0; i < inputs.size(); i++) {
            int input = i;
            List<List<@Nullable Object>> own = cut.stream()
                    .filter(row -> row.input() == input)
                    .map(InputRow::values)
                    .toList();
            if (!own.isEmpty()) {
                script.add(inputs.get(i), own);
            }
        }
        return script;
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
            RandomQuery query = new RandomQuery(random, random.nextInt(4) > 0, true);
            List<MemoryInput> inputs = inputs(query);
            RowwiseEvaluator evaluator = new RowwiseEvaluator(query);
            try (StreamScript script = script(query, inputs, directory).variation(variation(random))) {
                int number = 0;
                for (List<InputRow> cut : cuts(random, query.rows)) {
                    String what = query + "\nbatch " + number++ + " of " + cut;
                    List<List<@Nullable Object>> actual =
                            add(script, inputs, cut).newRows();
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
        List<NaiveGroups> operators = evaluator.operators();
        for (int i = 0; i < operators.size(); i++) {
            String name = "aggregate-" + i;
            NaiveGroups expected = operators.get(i);
            assertThat(operator(progress.get(progress.size() - 1), name).numRowsTotal())
                    .as("state rows of " + name + ", " + what)
                    .isEqualTo(expected.size());
            assertThat(progress.stream()
                            .mapToLong(p -> operator(p, name).numRowsDroppedByWatermark())
                            .sum())
                    .as("late rows of " + name + ", " + what)
                    .isEqualTo(expected.late());
            assertThat(progress.stream()
                            .mapToLong(p -> operator(p, name).numRowsDroppedByNullTime())
                            .sum())
                    .as("rows without time at " + name + ", " + what)
                    .isEqualTo(expected.withoutTime());
        }
    }

    private static QueryProgress.StateOperatorProgress operator(QueryProgress progress, String name) {
        return progress.stateOperators().stream()
                .filter(operator -> operator.operatorName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFlushedStreamGivesWhatTheBatchQueryGives() throws IOException {
        all((random, directory) -> {
            RandomQuery query = new RandomQuery(random, false, false);
            List<MemoryInput> inputs = inputs(query);
            List<List<@Nullable Object>> streamed = new ArrayList<>();
            try (StreamScript script = script(query, inputs, directory).trigger(Trigger.availableNow())) {
                List<List<InputRow>> cuts = cuts(random, query.rows);
                for (int i = 0; i < cuts.size(); i++) {
                    script.variation(variation(random))
                            .option("maxRowsPerBatch", 1 + random.nextInt(20))
                            .option("flushAtEnd", i == cuts.size() - 1);
                    List<List<@Nullable Object>> fresh =
                            add(script, inputs, cuts.get(i)).newRows();
                    if (query.mode == OutputMode.COMPLETE) {
                        streamed.clear();
                    }
                    streamed.addAll(fresh);
                }
            }
            List<List<@Nullable Object>> result =
                    query.mode == OutputMode.UPDATE ? lastPerKey(streamed, query.keyColumns()) : streamed;
            List<List<@Nullable Object>> whole = RowwiseEvaluator.whole(query);
            requireSame(query + "\nbatch query", batchResult(query, inputs, variation(random)), whole);
            requireSame(query + "\nstream", result, whole);
        });
    }

    private static List<List<@Nullable Object>> batchResult(
            RandomQuery query, List<MemoryInput> inputs, Variation variation) {
        try (Engine engine = variation.apply(Engine.builder()).build()) {
            return Rows.of(
                    query.over(inputs.stream().map(engine::read).toList()).collectBatches());
        }
    }

    private static List<List<@Nullable Object>> lastPerKey(List<List<@Nullable Object>> rows, int keyColumns) {
        Map<List<@Nullable Object>, List<@Nullable Object>> last = new LinkedHashMap<>();
        rows.forEach(row -> last.put(Rows.comparable(row.subList(0, keyColumns)), row));
        return new ArrayList<>(last.values());
    }
}
