package io.rivulet.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.operator.project.EventTimes;
import io.rivulet.plan.ObserveEventTime;
import io.rivulet.plan.Scan;
import io.rivulet.streaming.QueryOptions.WatermarkPolicy;
import io.rivulet.time.IdleTimeout;
import io.rivulet.time.Watermark;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Idle inputs, on the tracker alone: delays of 10 s and 5 s, wall clock from 1000 s on. */
final class IdleWatermarkTest {
    private static final long SECOND = 1_000_000;
    private static final long NEVER = Long.MAX_VALUE;
    private static final Schema SCHEMA = Schema.of(Field.of("t", DataType.TIMESTAMP));
    private static final IdleTimeout STANDS = IdleTimeout.of("30 seconds");
    private static final IdleTimeout ADVANCES = STANDS.advanceOnIdle();

    private static ObserveEventTime input(String id, long delay, @Nullable IdleTimeout idle) {
        return new ObserveEventTime(new Scan(id, List.of(0), SCHEMA), id, 0, delay * SECOND, idle);
    }

    private static WatermarkTracker tracker(@Nullable IdleTimeout a, @Nullable IdleTimeout b) {
        WatermarkTracker tracker =
                new WatermarkTracker(List.of(input("A", 10, a), input("B", 5, b)), WatermarkPolicy.MIN);
        tracker.started(1000 * SECOND);
        return tracker;
    }

    /** A batch at a wall time that sees these event times; gives the watermark in seconds. */
    private static long batch(WatermarkTracker tracker, long wall, Map<String, Long> seen) {
        Map<String, EventTimes> times = new java.util.HashMap<>();
        seen.forEach((id, t) -> {
            EventTimes one = new EventTimes();
            one.add(t * SECOND, t * SECOND, 0, 1);
            times.put(id, one);
        });
        long watermark = tracker.advance(times, tracker.idle(wall * SECOND), wall * SECOND);
        return Watermark.shown(watermark) / 1000;
    }

    @Test
    void anIdleInputDoesNotHoldTheOthersBack() {
        WatermarkTracker tracker = tracker(null, STANDS);
        assertThat(batch(tracker, 1001, Map.of("A", 100L, "B", 50L))).isEqualTo(45);
        assertThat(batch(tracker, 1030, Map.of("A", 110L))).isEqualTo(45);
        assertThat(tracker.due(NEVER)).isEqualTo(1031 * SECOND);
        assertThat(batch(tracker, 1031, Map.of())).isEqualTo(100);
        assertThat(tracker.due(NEVER)).as("told once").isEqualTo(NEVER);

        assertThat(batch(tracker, 1040, Map.of("A", 120L))).isEqualTo(110);
        assertThat(batch(tracker, 1041, Map.of("B", 60L)))
                .as("back, behind: never falls")
                .isEqualTo(110);
        assertThat(batch(tracker, 1042, Map.of("A", 200L)))
                .as("it counts again")
                .isEqualTo(110);
    }

    @Test
    void anInputThatNeverHadDataIsIdleAfterTheStart() {
        WatermarkTracker tracker = tracker(null, STANDS);
        assertThat(batch(tracker, 1001, Map.of("A", 100L))).isZero();
        assertThat(tracker.due(NEVER)).isEqualTo(1030 * SECOND);
        assertThat(batch(tracker, 1030, Map.of())).isEqualTo(90);
    }

    @Test
    void theClockMovesAnIdleInputThatMayAdvance() {
        WatermarkTracker tracker = tracker(ADVANCES, ADVANCES);
        assertThat(batch(tracker, 1000, Map.of("A", 100L, "B", 100L))).isEqualTo(90);
        assertThat(tracker.due(NEVER)).as("nothing waits for it").isEqualTo(NEVER);
        assertThat(tracker.due(95 * SECOND)).as("not before it is idle").isEqualTo(1030 * SECOND);
        assertThat(tracker.due(200 * SECOND)).isEqualTo(1110 * SECOND);
        assertThat(tracker.due(90 * SECOND)).as("reached already").isEqualTo(NEVER);

        assertThat(batch(tracker, 1029, Map.of())).isEqualTo(90);
        assertThat(batch(tracker, 1030, Map.of())).isEqualTo(120);
        assertThat(batch(tracker, 1110, Map.of())).isEqualTo(200);
        assertThat(batch(tracker, 1120, Map.of("A", 150L, "B", 300L)))
                .as("never falls")
                .isEqualTo(200);
        assertThat(batch(tracker, 1121, Map.of("A", 220L))).isEqualTo(210);
    }

    @Test
    void oneThatIsNeverIdleStillHoldsBackOneThatAdvances() {
        WatermarkTracker tracker = tracker(null, ADVANCES);
        assertThat(batch(tracker, 1000, Map.of("A", 100L, "B", 80L))).isEqualTo(75);
        assertThat(tracker.due(85 * SECOND)).isEqualTo(1030 * SECOND);
        assertThat(tracker.due(95 * SECOND)).as("A is at 90").isEqualTo(NEVER);
        assertThat(batch(tracker, 1100, Map.of())).isEqualTo(90);
    }

    @Test
    void aRestartGoesOnWhereTheWatermarkWasAndWaitsAnew() {
        WatermarkTracker tracker = tracker(ADVANCES, ADVANCES);
        batch(tracker, 1000, Map.of("A", 100L, "B", 100L));
        assertThat(batch(tracker, 1050, Map.of())).isEqualTo(140);

        WatermarkTracker restarted = tracker(ADVANCES, ADVANCES);
        restarted.restore(tracker.watermark(), tracker.maxima());
        restarted.started(5000 * SECOND);
        assertThat(batch(restarted, 5029, Map.of())).isEqualTo(140);
        assertThat(restarted.due(200 * SECOND)).isEqualTo(5060 * SECOND);
        assertThat(batch(restarted, 5060, Map.of())).isEqualTo(200);
    }

    @Test
    void aBatchThatRunsAgainComesToTheSame() {
        WatermarkTracker first = tracker(ADVANCES, STANDS);
        batch(first, 1000, Map.of("A", 100L, "B", 50L));
        WatermarkTracker again = tracker(ADVANCES, STANDS);
        again.restore(first.watermark(), first.maxima());
        Map<String, Long> planned = first.idle(1040 * SECOND);
        assertThat(planned).containsEntry("A", 140 * SECOND).containsEntry("B", Long.MIN_VALUE);

        again.started(9000 * SECOND);
        assertThat(again.advance(Map.of(), planned, 1040 * SECOND))
                .isEqualTo(first.advance(Map.of(), planned, 1040 * SECOND))
                .isEqualTo(130_000);
        assertThat(again.maxima()).isEqualTo(first.maxima());
    }

    @Test
    void byPolicyMaxTheFastestMovesOn() {
        WatermarkTracker tracker =
                new WatermarkTracker(List.of(input("A", 0, null), input("B", 0, ADVANCES)), WatermarkPolicy.MAX);
        tracker.started(1000 * SECOND);
        assertThat(batch(tracker, 1000, Map.of("A", 100L, "B", 50L))).isEqualTo(100);
        assertThat(tracker.due(110 * SECOND)).isEqualTo(1060 * SECOND);
        assertThat(batch(tracker, 1060, Map.of())).isEqualTo(110);
    }

    @Test
    void aTimeoutIsPositive() {
        assertThatThrownBy(() -> IdleTimeout.of(Duration.ZERO))
                .isInstanceOfSatisfying(
                        RivuletException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ARGUMENT));
        assertThatThrownBy(() -> IdleTimeout.of("-1 second"))
                .isInstanceOfSatisfying(
                        RivuletException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ARGUMENT));
        assertThatThrownBy(() -> IdleTimeout.of("soon"))
                .isInstanceOfSatisfying(
                        RivuletException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SYNTAX_ERROR));
    }
}
