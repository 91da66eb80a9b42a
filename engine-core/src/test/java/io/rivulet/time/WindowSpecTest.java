package io.rivulet.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slices, windows and blocks against plain enumeration, for every small window there is. */
final class WindowSpecTest {
    private static final int FAR = 60;

    /** Every window of a size up to 9, with a list of its starts around zero. */
    private static void everySpec(BiConsumer<WindowSpec, List<Long>> check) {
        for (int size = 1; size <= 9; size++) {
            for (int slide = 1; slide <= size; slide++) {
                for (int offset = 1 - slide; offset < slide; offset++) {
                    List<Long> starts = new ArrayList<>();
                    for (long k = -FAR; k <= FAR; k++) {
                        starts.add(offset + k * slide);
                    }
                    check.accept(new WindowSpec(size, slide, offset), starts);
                }
            }
        }
    }

    @Test
    void windowsAreThoseThatHoldATime() {
        everySpec((spec, starts) -> {
            for (long t = -25; t <= 25; t++) {
                long time = t;
                List<Long> holding = starts.stream()
                        .filter(s -> s <= time && time < s + spec.size())
                        .toList();
                List<Long> walked = new ArrayList<>();
                for (long s = spec.firstStart(t); s <= spec.lastStart(t); s = spec.nextStart(s)) {
                    walked.add(s);
                }
                assertThat(walked).as("%s at %d", spec, t).isEqualTo(holding);
                long ended = starts.stream()
                        .filter(s -> s + spec.size() <= time)
                        .mapToLong(s -> s)
                        .max()
                        .orElseThrow();
                assertThat(spec.lastClosedStart(t)).as("%s at %d", spec, t).isEqualTo(ended);
            }
        });
    }

    @Test
    void slicesAreCutAtEveryStartAndEndOfAWindow() {
        everySpec((spec, starts) -> {
            TreeSet<Long> cuts = new TreeSet<>();
            starts.forEach(s -> {
                cuts.add(s);
                cuts.add(s + spec.size());
            });
            for (long t = -25; t <= 25; t++) {
                long slice = spec.sliceStart(t);
                assertThat(slice).as("%s at %d", spec, t).isEqualTo(cuts.floor(t));
                assertThat(spec.sliceEnd(slice)).as("%s at %d", spec, t).isEqualTo(cuts.higher(t));
                assertThat(spec.sliceStart(slice)).isEqualTo(slice);
            }
        });
    }

    @Test
    void aSliceIsClosedOnceAllItsWindowsHaveEnded() {
        everySpec((spec, starts) -> {
            TreeSet<Long> slices = new TreeSet<>();
            for (long t = -40; t <= 40; t++) {
                slices.add(spec.sliceStart(t));
            }
            for (long t = -20; t <= 20; t++) {
                long time = t;
                long last = slices.stream()
                        .filter(slice -> starts.stream()
                                .filter(s -> s <= slice && slice < s + spec.size())
                                .allMatch(s -> s + spec.size() <= time))
                        .mapToLong(s -> s)
                        .max()
                        .orElseThrow();
                assertThat(spec.lastClosedSlice(t)).as("%s at %d", spec, t).isEqualTo(last);
            }
        });
    }

    @Test
    void aWindowStartsWithItsBlockOrReachesTheNext() {
        everySpec((spec, starts) -> {
            for (long start : starts) {
                long block = spec.blockStart(start);
                long end = spec.blockEnd(block);
                assertThat(starts.contains(block) || Math.abs(block) > FAR - 10)
                        .as("%s: block %d begins with a window", spec, block)
                        .isTrue();
                assertThat(block).isLessThanOrEqualTo(start);
                assertThat(end).isGreaterThan(start);
                assertThat(spec.end(start)).isLessThanOrEqualTo(spec.blockEnd(end));
                if (start != block) {
                    assertThat(spec.end(start)).as("%s from %d", spec, start).isGreaterThanOrEqualTo(end);
                }
            }
        });
    }

    @Test
    void theEndsOfTimeAreNotPassed() {
        everySpec((spec, starts) -> {
            for (long near = 0; near < 20; near++) {
                long early = Long.MIN_VALUE + near;
                long late = Long.MAX_VALUE - near;
                assertThat(spec.lastStart(early)).isLessThanOrEqualTo(early);
                assertThat(spec.sliceStart(early)).isLessThanOrEqualTo(early);
                assertThat(spec.firstStart(early)).isLessThanOrEqualTo(early);
                assertThat(spec.blockStart(early)).isLessThanOrEqualTo(early);
                assertThat(spec.lastClosedSlice(early)).isLessThanOrEqualTo(early);
                assertThat(spec.end(late)).isGreaterThanOrEqualTo(late);
                assertThat(spec.nextStart(late)).isGreaterThanOrEqualTo(late);
                assertThat(spec.sliceEnd(spec.sliceStart(late))).isGreaterThanOrEqualTo(late);
                assertThat(spec.blockEnd(spec.blockStart(late))).isGreaterThanOrEqualTo(late);
            }
            assertThat(spec.lastClosedSlice(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
            assertThat(spec.lastClosedStart(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
            assertThat(spec.firstStart(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
            assertThat(spec.lastClosedSlice(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
            assertThat(spec.lastClosedStart(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        });
        WindowSpec longest = new WindowSpec(Long.MAX_VALUE, Long.MAX_VALUE / 2 + 2, 0);
        assertThat(longest.blockStart(5)).isZero();
        assertThat(longest.blockEnd(0)).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"5, 6, 0", "5, 0, 0", "5, -1, 0", "5, 5, 5", "5, 2, -2", "0, 0, 0"})
    void refusesWindowsThatCannotBe(long size, long slide, long offset) {
        assertThatThrownBy(() -> new WindowSpec(size, slide, offset))
                .isInstanceOfSatisfying(
                        RivuletException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_ARGUMENT))
                .hasMessageContaining("0 < slide <= size");
    }
}
