package io.rivulet.testkit;

import io.rivulet.Engine;
import io.rivulet.execution.EngineServices;
import io.rivulet.expression.EvaluationMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to run a query that must not change what comes out.
 *
 * @param vectorSize the most rows of a column batch
 * @param parallelism tasks of a stage, and so partitions of its state
 * @param mode how expressions are run
 * @param restartAfterEachBatch whether a script with a checkpoint stops and reopens its query after every step
 */
public record Variation(int vectorSize, int parallelism, EvaluationMode mode, boolean restartAfterEachBatch) {
    /** One partition, everything else as it is by default. */
    public static final Variation DEFAULT =
            new Variation(EngineServices.DEFAULT_VECTOR_SIZE, 1, EvaluationMode.AUTO, false);

    /**
     * Every combination of vector size 1, 3 and default, 1 and 3 partitions, interpreted and compiled, with and without
     * restarts: 24, for a {@code @MethodSource("io.rivulet.testkit.Variation#all")}.
     */
    public static List<Variation> all() {
        List<Variation> all = new ArrayList<>();
        for (boolean restarts : new boolean[] {false, true}) {
            for (EvaluationMode mode : List.of(EvaluationMode.INTERPRETED, EvaluationMode.COMPILED)) {
                for (int parallelism : new int[] {1, 3}) {
                    for (int vectorSize : new int[] {1, 3, EngineServices.DEFAULT_VECTOR_SIZE}) {
                        all.add(new Variation(vectorSize, parallelism, mode, restarts));
                    }
                }
            }
        }
        return all;
    }

    /** The combinations of {@link #all} without restarts, for cases whose own restarts are the point. */
    public static List<Variation> withoutRestarts() {
        return all().stream().filter(v -> !v.restartAfterEachBatch()).toList();
    }

    /** The builder with these settings. */
    public Engine.Builder apply(Engine.Builder builder) {
        return builder.vectorSize(vectorSize).parallelism(parallelism).evaluationMode(mode);
    }
}
