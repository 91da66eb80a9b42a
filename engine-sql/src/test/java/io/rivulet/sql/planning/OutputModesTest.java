package io.rivulet.sql.planning;

import static io.rivulet.sql.planning.Relations.analyser;
import static io.rivulet.sql.planning.Relations.select;
import static io.rivulet.sql.planning.Relations.sql;
import static io.rivulet.sql.planning.Relations.stream;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.OutputMode;
import io.rivulet.sql.logical.LogicalPlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which shape runs in which mode (semantics §3), and how a refusal reads. */
class OutputModesTest {
    private final LogicalPlan events = stream("ts TIMESTAMP, user STRING");
    private final LogicalPlan timed = analyser().withWatermark(events, "ts", Duration.ofSeconds(10));

    private static void accepted(LogicalPlan plan, OutputMode mode) {
        assertThatCode(() -> OutputModes.check(plan, mode)).doesNotThrowAnyException();
    }

    private static void refused(LogicalPlan plan, OutputMode mode, String... parts) {
        assertThatThrownBy(() -> OutputModes.check(plan, mode)).hasMessageContainingAll(parts);
    }

    @Test
    void mapLikeQueriesRunInAppendAndUpdate() {
        accepted(events, OutputMode.APPEND);
        accepted(events, OutputMode.UPDATE);
        refused(events, OutputMode.COMPLETE, "UNSUPPORTED_MODE", "without aggregation", "use append mode");
    }

    @ParameterizedTest
    @EnumSource(OutputMode.class)
    void aggregationsByWatermarkedTimeRunInEveryMode(OutputMode mode) {
        accepted(analyser().aggregate(timed, sql("window(ts, '1 minute')", "user"), sql("count(*)")), mode);
        accepted(analyser().aggregate(timed, sql("ts"), sql("count(*)")), mode);
    }

    @Test
    void otherAggregationsNeverAppend() {
        LogicalPlan byUser = analyser().aggregate(timed, sql("user"), sql("count(*)"));
        accepted(byUser, OutputMode.UPDATE);
        accepted(byUser, OutputMode.COMPLETE);
        refused(byUser, OutputMode.APPEND, "UNSUPPORTED_MODE", "aggregation by [user]", "append mode", "withWatermark");
        refused(
                analyser().aggregate(events, sql("window(ts, '1 minute')"), sql("count(*)")),
                OutputMode.APPEND,
                "UNSUPPORTED_MODE");
        refused(analyser().aggregate(events, sql(), sql("count(*)")), OutputMode.APPEND, "aggregation by nothing");
    }

    @Test
    void sortAndLimitNeedACompleteResult() {
        LogicalPlan counted = analyser().aggregate(timed, sql("user"), sql("count(*) AS n"));
        accepted(analyser().limit(analyser().sort(counted, sql("n")), 3), OutputMode.COMPLETE);
        refused(analyser().sort(counted, sql("n")), OutputMode.UPDATE, "UNSUPPORTED_MODE", "sort", "update mode");
        refused(analyser().limit(events, 3), OutputMode.APPEND, "UNSUPPORTED_MODE", "limit", "complete mode");
    }

    @Test
    void aggregationsFollowEachOtherByEventTimeInAppendMode() {
        LogicalPlan once = analyser().aggregate(timed, sql("window(ts, '1 minute')", "user"), sql("count(*) AS n"));
        List<String> groupings = List.of(
                "window", "window(window, '1 hour')", "window_time(window)", "window(window_time(window), '1 day')");
        for (String grouping : groupings) {
            LogicalPlan twice = analyser().aggregate(once, sql(grouping), sql("max(n)"));
            accepted(twice, OutputMode.APPEND);
            refused(twice, OutputMode.UPDATE, "UNSUPPORTED_MODE", "a second aggregation", "update mode", "append mode");
            refused(twice, OutputMode.COMPLETE, "UNSUPPORTED_MODE", "a second aggregation", "complete mode");
        }
        refused(
                analyser().aggregate(once, sql("user"), sql("max(n)")),
                OutputMode.APPEND,
                "UNSUPPORTED_MODE",
                "a second aggregation by [user]",
                "append mode",
                "window_time");
        refused(
                analyser().aggregate(once, sql("window.start"), sql("max(n)")),
                OutputMode.APPEND,
                "UNSUPPORTED_MODE",
                "a second aggregation by [start]");
    }

    @Test
    void eventTimeIsKeptThroughColumnsOfWindows() {
        LogicalPlan named = select(timed, "window(ts, '1 minute') AS w", "user");
        accepted(analyser().aggregate(named, sql("w"), sql("count(*)")), OutputMode.APPEND);
        accepted(analyser().aggregate(named, sql("window_time(w)"), sql("count(*)")), OutputMode.APPEND);
        accepted(
                analyser().aggregate(select(named, "window_time(w) AS at", "user"), sql("at"), sql("count(*)")),
                OutputMode.APPEND);
        refused(
                analyser().aggregate(named, sql("w.end"), sql("count(*)")),
                OutputMode.APPEND,
                "UNSUPPORTED_MODE",
                "aggregation by [end]");
    }

    @Test
    void twoEventTimesAreRefused() {
        refused(
                analyser().aggregate(timed, sql("window(ts, '1 minute')", "ts"), sql("count(*)")),
                OutputMode.APPEND,
                "UNSUPPORTED_OPERATION",
                "by a window and by the event time ts");
        LogicalPlan both = select(timed, "ts AS a", "window_time(window(ts, '1 minute')) AS b");
        refused(
                analyser().aggregate(both, sql("a", "b"), sql("count(*)")),
                OutputMode.UPDATE,
                "UNSUPPORTED_OPERATION",
                "two event times, a and b",
                "one of the two");
    }

    @Test
    void aWatermarkBelongsBelowTheFirstAggregation() {
        LogicalPlan byUser = analyser().aggregate(events, sql("user"), sql("max(ts) AS last"));
        refused(
                analyser().withWatermark(byUser, "last", Duration.ZERO),
                OutputMode.UPDATE,
                "UNSUPPORTED_OPERATION",
                "withWatermark(last) stands after an aggregation");
    }

    @Test
    void distinctRowsAppendOnlyWithEventTime() {
        accepted(analyser().distinct(events), OutputMode.UPDATE);
        accepted(analyser().distinct(events), OutputMode.COMPLETE);
        accepted(analyser().distinct(timed), OutputMode.APPEND);
        refused(
                analyser().distinct(select(timed, "user")),
                OutputMode.APPEND,
                "UNSUPPORTED_MODE",
                "the distinct over [user] cannot run in append mode",
                "Use update or complete mode");
    }

    @Test
    void unionsRunWhereTheirInputsDo() {
        LogicalPlan counted = analyser().aggregate(timed, sql("window(ts, '1 minute')", "user"), sql("count(*) AS n"));
        LogicalPlan both = analyser().union(counted, counted);
        for (OutputMode mode : OutputMode.values()) {
            accepted(both, mode);
        }
        accepted(analyser().aggregate(both, sql("window"), sql("sum(n)")), OutputMode.APPEND);
        refused(
                analyser().aggregate(both, sql("window"), sql("sum(n)")),
                OutputMode.UPDATE,
                "UNSUPPORTED_MODE",
                "a second aggregation by [window]");
        refused(analyser().union(timed, timed), OutputMode.COMPLETE, "a query without aggregation");
        refused(
                analyser().union(select(counted, "window_time(window) AS ts", "user"), timed),
                OutputMode.COMPLETE,
                "UNSUPPORTED_MODE",
                "a union with an input without aggregation");
        refused(analyser().sort(both, sql("n")), OutputMode.APPEND, "UNSUPPORTED_MODE", "sort");
    }
}
