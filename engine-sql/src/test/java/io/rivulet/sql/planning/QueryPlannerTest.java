package io.rivulet.sql.planning;

import static io.rivulet.sql.planning.Relations.analyser;
import static io.rivulet.sql.planning.Relations.filter;
import static io.rivulet.sql.planning.Relations.select;
import static io.rivulet.sql.planning.Relations.sql;
import static io.rivulet.sql.planning.Relations.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.connector.OutputMode;
import io.rivulet.expression.EvaluationContext;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.plan.Stage;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.optimizer.Optimizer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plans as text: a query, then its stages. */
class QueryPlannerTest {
    private final LogicalPlan events = stream("ts TIMESTAMP, user STRING, price DOUBLE");

    private static PlannedQuery plan(LogicalPlan plan, OutputMode mode, int partitions) {
        OutputModes.check(plan, mode);
        LogicalPlan optimized = new Optimizer(EvaluationContext.of(EvaluationMode.INTERPRETED)).optimize(plan);
        return QueryPlanner.plan(optimized, new PlanningTarget(true, mode, partitions, Stage.Placement.ANY));
    }

    private static String stages(LogicalPlan plan, OutputMode mode, int partitions) {
        return Explain.stages(plan(plan, mode, partitions).graph());
    }

    private LogicalPlan windowed() {
        LogicalPlan timed = analyser().withWatermark(events, "ts", Duration.ofSeconds(10));
        return analyser().aggregate(timed, sql("user", "window(ts, '7 days')"), sql("avg(price * 2) AS m", "count(*)"));
    }

    @Test
    void groupsWhereItReadsThenWhereTheKeysMeet() {
        assertThat(stages(windowed(), OutputMode.APPEND, 4)).isEqualTo("""
                        Stage 0: 4 tasks -> exchange 0 by [user]
                          Aggregate aggregate-0 partial by [window(ts, 7 days), user] compute [avg((price * 2.0)), count(*)], append, watermarked
                            Project [ts, user, (price * 2.0)]
                              ObserveEventTime watermark-0 on ts, delay 10 seconds
                                Scan source-0 [ts, user, price]
                        Stage 1: 4 tasks -> sink main
                          Project [user, window, m, count(1)]
                            Aggregate aggregate-0 final by [window(ts, 7 days), user] compute [avg((price * 2.0)), count(*)], append, watermarked
                              ReadExchange 0
                        """);
    }

    @Test
    void onePartitionNeedsOneStage() {
        assertThat(stages(windowed(), OutputMode.UPDATE, 1)).isEqualTo("""
                        Stage 0: 1 task -> sink main
                          Project [user, window, m, count(1)]
                            Aggregate aggregate-0 single by [window(ts, 7 days), user] compute [avg((price * 2.0)), count(*)], update, watermarked
                              Project [ts, user, (price * 2.0)]
                                ObserveEventTime watermark-0 on ts, delay 10 seconds
                                  Scan source-0 [ts, user, price]
                        """);
    }

    @Test
    void aGlobalAggregateEndsInOneTask() {
        LogicalPlan plan = analyser().aggregate(events, sql(), sql("count(*) AS n", "max(price)"));
        assertThat(stages(plan, OutputMode.UPDATE, 2)).isEqualTo("""
                        Stage 0: 2 tasks -> exchange 0 to one task
                          Aggregate aggregate-0 partial by [] compute [count(*), max(price)], update
                            Scan source-0 [price]
                        Stage 1: 1 task -> sink main
                          Aggregate aggregate-0 final by [] compute [count(*), max(price)], update
                            ReadExchange 0
                        """);
    }

    @Test
    void sortsAndLimitsInOneTask() {
        LogicalPlan counted = analyser().aggregate(events, sql("user"), sql("count(*) AS n"));
        LogicalPlan top = analyser().limit(analyser().sort(counted, sql("n")), 10);
        assertThat(stages(top, OutputMode.COMPLETE, 2)).isEqualTo("""
                        Stage 0: 2 tasks -> exchange 0 by [user]
                          Aggregate aggregate-0 partial by [user] compute [count(*)], complete
                            Scan source-0 [user]
                        Stage 1: 2 tasks -> exchange 1 to one task
                          Aggregate aggregate-0 final by [user] compute [count(*)], complete
                            ReadExchange 0
                        Stage 2: 1 task -> sink main
                          Sort [n asc nulls first] first 10
                            ReadExchange 1
                        """);
    }

    @Test
    void rowsWithoutGroupsGoStraightToTheSink() {
        assertThat(stages(select(filter(events, "price > 1"), "upper(user) AS u"), OutputMode.APPEND, 3))
                .isEqualTo("""
                        Stage 0: 3 tasks -> sink main
                          Project [upper(user) AS u]
                            Filter (price > 1.0)
                              Scan source-0 [user, price]
                        """);
    }

    @Test
    void theFingerprintNamesWhatARestartMayNotChange() {
        assertThat(plan(windowed(), OutputMode.APPEND, 4).fingerprint())
                .isEqualTo(Map.of(
                        "source-0", "test",
                        "watermark-0", "on ts",
                        "aggregate-0 keys", "user STRING",
                        "aggregate-0 window", "7 days",
                        "output mode", "append"));
    }

    @Test
    void groupsByPlainEventTimeCloseWithTheWatermark() {
        LogicalPlan timed = analyser().withWatermark(events, "ts", Duration.ZERO);
        LogicalPlan plan = analyser().aggregate(timed, sql("user", "ts"), sql("count(*)"));
        PlannedQuery query = plan(plan, OutputMode.APPEND, 1);
        io.rivulet.plan.Aggregate aggregate =
                (io.rivulet.plan.Aggregate) query.graph().stages().get(0).plan();
        assertThat(aggregate.spec().eventTimeKey()).isEqualTo(1);
        assertThat(aggregate.spec().watermarked()).isTrue();
        assertThat(aggregate.spec().window()).isNull();
    }

    @Test
    void inputsOfAUnionShareAStage() {
        LogicalPlan timed = analyser().withWatermark(events, "ts", Duration.ofSeconds(10));
        LogicalPlan other =
                analyser().withWatermark(stream("at TIMESTAMP, who STRING, price DOUBLE"), "at", Duration.ofSeconds(5));
        LogicalPlan plan = analyser()
                .aggregate(analyser().union(timed, other), sql("window(ts, '1 minute')"), sql("count(*) AS n"));
        assertThat(stages(plan, OutputMode.APPEND, 2)).isEqualTo("""
                        Stage 0: 2 tasks -> exchange 0 to one task
                          Aggregate aggregate-0 partial by [window(ts, 1 minute)] compute [count(*)], append, watermarked
                            Union of 2
                              ObserveEventTime watermark-0 on ts, delay 10 seconds
                                Scan source-0 [ts]
                              ObserveEventTime watermark-1 on at, delay 5 seconds
                                Scan source-1 [at]
                        Stage 1: 1 task -> sink main
                          Aggregate aggregate-0 final by [window(ts, 1 minute)] compute [count(*)], append, watermarked
                            ReadExchange 0
                        """);
    }

    @Test
    void aUnionMayReadAScanAndAnExchange() {
        LogicalPlan timed = analyser().withWatermark(events, "ts", Duration.ZERO);
        LogicalPlan counted = select(
                analyser().aggregate(timed, sql("window(ts, '1 minute')", "user"), sql("max(price) AS price")),
                "window_time(window) AS ts",
                "user",
                "price");
        LogicalPlan plan = analyser()
                .aggregate(analyser().union(counted, timed), sql("window(ts, '1 hour')", "user"), sql("sum(price)"));
        assertThat(stages(plan, OutputMode.APPEND, 2)).isEqualTo("""
                        Stage 0: 2 tasks -> exchange 0 by [user]
                          Aggregate aggregate-0 partial by [window(ts, 1 minute), user] compute [max(price)], append, watermarked
                            ObserveEventTime watermark-0 on ts, delay 0 seconds
                              Scan source-0 [ts, user, price]
                        Stage 1: 2 tasks -> exchange 1 by [user]
                          Aggregate aggregate-1 partial by [window(ts, 1 hour), user] compute [sum(price)], append, watermarked
                            Union of 2
                              Project [window_time(window.end) AS ts, user, price]
                                Aggregate aggregate-0 final by [window(ts, 1 minute), user] compute [max(price)], append, watermarked
                                  ReadExchange 0
                              ObserveEventTime watermark-1 on ts, delay 0 seconds
                                Scan source-0 [ts, user, price]
                        Stage 2: 2 tasks -> sink main
                          Aggregate aggregate-1 final by [window(ts, 1 hour), user] compute [sum(price)], append, watermarked
                            ReadExchange 1
                        """);
    }

    @Test
    void inputsOfAUnionMeetInOneTaskIfOneOfThemEndsThere() {
        LogicalPlan all = analyser().aggregate(events, sql(), sql("sum(price) AS price"));
        LogicalPlan each = select(analyser().aggregate(events, sql("user"), sql("sum(price) AS price")), "price");
        assertThat(stages(analyser().union(all, each), OutputMode.COMPLETE, 2)).endsWith("""
                        Stage 3: 1 task -> sink main
                          Union of 2
                            Aggregate aggregate-0 final by [] compute [sum(price)], complete
                              ReadExchange 0
                            ReadExchange 2
                        """);
    }
}
