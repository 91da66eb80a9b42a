package io.rivulet.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WatermarkTest {
    @Test
    void isTheNewestTimeLessTheDelayInMillisecondsRoundedDown() {
        assertThat(Watermark.of(10_000_999, 1_000)).isEqualTo(9_999);
        assertThat(Watermark.of(-1, 0)).isEqualTo(-1);
        assertThat(Watermark.of(Long.MIN_VALUE, 5)).isEqualTo(Watermark.NONE);
    }

    @Test
    void boundsAreClampedSoThatNoneClosesNothingAndInfiniteEverything() {
        assertThat(Watermark.toMicros(Watermark.NONE)).isEqualTo(Long.MIN_VALUE);
        assertThat(Watermark.toMicros(Watermark.INFINITE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Watermark.toMicros(7)).isEqualTo(7_000);
        assertThat(Watermark.of(Long.MIN_VALUE + 5, Long.MAX_VALUE)).isGreaterThan(Watermark.NONE);
    }

    @Test
    void windowsHoldTheirStartAndNotTheirEndAlsoBeforeTheEpoch() {
        WindowSpec spec = WindowSpec.tumbling(Duration.ofSeconds(5));
        assertThat(spec.lastStart(9_999_999)).isEqualTo(5_000_000);
        assertThat(spec.lastStart(10_000_000)).isEqualTo(10_000_000);
        assertThat(spec.lastStart(-1)).isEqualTo(-5_000_000);
        assertThat(spec.end(-5_000_000)).isZero();
        assertThat(new WindowSpec(10, 10, 3).lastStart(2)).isEqualTo(-7);
    }

    @Test
    void impossibleWindowsAreRefused() {
        assertThatThrownBy(() -> new WindowSpec(5, 10, 0)).hasMessageContaining("slide <= size");
        assertThatThrownBy(() -> new WindowSpec(0, 0, 0)).hasMessageContaining("BAD_ARGUMENT");
        assertThatThrownBy(() -> new WindowSpec(10, 10, -10)).hasMessageContaining("|start| < slide");
    }
}
