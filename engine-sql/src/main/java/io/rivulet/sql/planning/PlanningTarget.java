package io.rivulet.sql.planning;

import io.rivulet.connector.OutputMode;
import io.rivulet.plan.Stage;

/**
 * What a plan is made for.
 *
 * @param streaming whether the plan runs once per batch and keeps state; otherwise it runs once, and watermarks mean nothing
 * @param outputMode which rows each batch gives out; COMPLETE when not streaming
 * @param partitions how many tasks a stage has
 * @param sinkPlacement where the stage that feeds the sink may run
 * @param sideSinks what sinks there are besides
 */
public record PlanningTarget(
        boolean streaming, OutputMode outputMode, int partitions, Stage.Placement sinkPlacement, SideSinks sideSinks) {
    /** Without side sinks. */
    public PlanningTarget(boolean streaming, OutputMode outputMode, int partitions, Stage.Placement sinkPlacement) {
        this(streaming, outputMode, partitions, sinkPlacement, SideSinks.NONE);
    }

    /** One run over bounded input, its rows taken by an object of this process. */
    public static PlanningTarget batch(int partitions) {
        return new PlanningTarget(false, OutputMode.COMPLETE, partitions, Stage.Placement.DRIVER);
    }
}
