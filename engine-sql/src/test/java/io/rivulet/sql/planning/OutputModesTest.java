package io.rivulet.sql.planning;

import static io.rivulet.sql.planning.Relations.analyser;
import static io.rivulet.sql.planning.Relations.sql;
import static io.rivulet.sql.planning.Relations.stream;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.OutputMode;
import io.rivulet.sql.logical.LogicalPlan;
import java.time.Duration;
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
    void whatIsNotThereYetIsRefusedByName() {
        LogicalPlan once = analyser().aggregate(timed, sql("window(ts, '1 minute')", "user"), sql("count(*) AS n"));
        refused(
                analyser().aggregate(once, sql("user"), sql("max(n)")),
                OutputMode.UPDATE,
                "UNSUPPORTED_OPERATION",
                "second aggregation");
        refused(
                analyser().aggregate(timed, sql("window(ts, '1 minute')", "ts"), sql("count(*)")),
                OutputMode.APPEND,
                "UNSUPPORTED_OPERATION",
                "by a window and by the event time ts");
    }
}
