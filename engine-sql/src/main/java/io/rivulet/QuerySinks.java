package io.rivulet;

import io.rivulet.connector.BadRows;
import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import io.rivulet.sql.planning.QueryPlanner;
import io.rivulet.sql.planning.SideSinks;
import io.rivulet.streaming.QueryDefinition;
import io.rivulet.type.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All sinks of a query, found and not yet open. */
record QuerySinks(
        SinkChoice main,
        @Nullable SinkChoice lateRows,
        @Nullable SinkChoice badRows) {
    QuerySinks {
        refuseCollision(QueryPlanner.LATE_ROWS, lateRows, QueryPlanner.MAIN_SINK, main);
        refuseCollision(QueryPlanner.BAD_ROWS, badRows, QueryPlanner.MAIN_SINK, main);
        refuseCollision(QueryPlanner.BAD_ROWS, badRows, QueryPlanner.LATE_ROWS, lateRows);
    }

    private static void refuseCollision(
            String name, @Nullable SinkChoice choice, String otherName, @Nullable SinkChoice other) {
        if (choice != null && other != null && choice.collidesWith(other)) {
            throw ErrorCode.BAD_OPTION.error("the " + name + " sink and the " + otherName
                    + " sink of the query are the same place; give each a directory or table of its own");
        }
    }

    /**
     * What the planner must know of the sinks beside the main one.
     *
     * @param lateSchema the columns of late rows, or null when there is no sink for them
     */
    SideSinks sides(@Nullable Schema lateSchema) {
        boolean inDriver = (lateRows != null && lateRows.inDriver()) || (badRows != null && badRows.inDriver());
        return new SideSinks(lateSchema, badRows != null, inDriver);
    }

    /** Openers by name, in the order the sinks commit in. */
    Map<String, QueryDefinition.SinkOpener> openers(
            Session session, OutputMode mode, Schema schema, @Nullable Schema lateSchema, boolean durable) {
        Map<String, QueryDefinition.SinkOpener> openers = new LinkedHashMap<>();
        openers.put(QueryPlanner.MAIN_SINK, main.opener(session, schema, mode, durable));
        if (lateRows != null && lateSchema != null) {
            openers.put(QueryPlanner.LATE_ROWS, lateRows.opener(session, lateSchema, OutputMode.APPEND, durable));
        }
        if (badRows != null) {
            openers.put(QueryPlanner.BAD_ROWS, badRows.opener(session, BadRows.SCHEMA, OutputMode.APPEND, durable));
        }
        return openers;
    }
}
