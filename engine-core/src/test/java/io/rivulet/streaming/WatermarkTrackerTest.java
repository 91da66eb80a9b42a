package io.rivulet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.operator.project.EventTimes;
import io.rivulet.plan.ObserveEventTime;
import io.rivulet.plan.Scan;
import io.rivulet.streaming.QueryOptions.WatermarkPolicy;
import io.rivulet.time.Watermark;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Case 7 of the semantics, on the tracker alone: two inputs with delays of 10 s and 5 s. */
final class WatermarkTrackerTest {
    private static final Schema SCHEMA = Schema.of(Field.of("t", DataType.TIMESTAMP));

    private static ObserveEventTime input(String id, long seconds) {
        return new ObserveEventTime(new Scan(id, List.of(0), SCHEMA), id, 0, seconds * 1_000_000);
    }

    private static WatermarkTracker tracker(WatermarkPolicy policy) {
        return new WatermarkTracker(List.of(input("A", 10), input("B", 5)), policy);
    }

    private static EventTimes at(long seconds) {
        EventTimes times = new EventTimes();
        times.add(seconds * 1_000_000, seconds * 1_000_000, 0, 1);
        return times;
    }

    private static long seconds(long watermark) {
        return Watermark.shown(watermark) / 1000;
    }

    @Test
    void theSlowestInputHoldsTimeBackAndItNeverFalls() {
        WatermarkTracker tracker = tracker(WatermarkPolicy.MIN);
        assertThat(tracker.advance(Map.of("A", at(11)))).isEqualTo(Watermark.NONE);
        assertThat(seconds(tracker.advance(Map.of("B", at(6))))).isEqualTo(1);
        assertThat(seconds(tracker.advance(Map.of("B", at(8))))).isEqualTo(1);
        assertThat(seconds(tracker.advance(Map.of("A", at(21))))).isEqualTo(3);
        assertThat(seconds(tracker.advance(Map.of("B", at(39))))).isEqualTo(11);
        assertThat(seconds(tracker.advance(Map.of("A", at(130), "B", at(125))))).isEqualTo(120);
        assertThat(seconds(tracker.advance(Map.of("A", at(100), "B", at(100))))).isEqualTo(120);
        WatermarkTracker restarted = tracker(WatermarkPolicy.MIN);
        restarted.restore(tracker.watermark(), tracker.maxima());
        assertThat(seconds(restarted.advance(Map.of("B", at(200))))).isEqualTo(120);
        assertThat(seconds(restarted.advance(Map.of("A", at(200))))).isEqualTo(190);
    }

    @Test
    void byPolicyTheFastestInputMovesTime() {
        WatermarkTracker tracker = tracker(WatermarkPolicy.MAX);
        assertThat(seconds(tracker.advance(Map.of("A", at(11))))).isEqualTo(1);
        assertThat(seconds(tracker.advance(Map.of("B", at(26))))).isEqualTo(21);
    }

    @Test
    void aQueryWithoutWatermarkHasNone() {
        WatermarkTracker tracker = new WatermarkTracker(List.of(), WatermarkPolicy.MIN);
        assertThat(tracker.active()).isFalse();
        assertThat(tracker.advance(Map.of())).isEqualTo(Watermark.NONE);
    }
}
