package io.rivulet.plan;

import java.util.List;

/**
 * A query as stages in an order in which every stage comes after those whose exchanges it reads. Immutable; made once
 * per query, run once per batch.
 *
 * @param partitions the number of tasks of a stage that is not {@code oneTask}
 */
public record StageGraph(List<Stage> stages, int partitions) {
    public StageGraph {
        stages = List.copyOf(stages);
    }
}
