package io.rivulet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void theMedianIsTheMiddleValueOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(new Sample(3).median()).isEqualTo(3);
        assertThat(new Sample(9, 1, 2).median()).isEqualTo(2);
        assertThat(new Sample(9, 1, 2, 4).median()).isEqualTo(3);
    }

    @Test
    void minimumAndMaximumDoNotDependOnTheOrder() {
        Sample sample = new Sample(5, -1, 7, 3);
        assertThat(sample.min()).isEqualTo(-1);
        assertThat(sample.max()).isEqualTo(7);
    }

    @Test
    void nothingIsNoSample() {
        assertThatThrownBy(() -> new Sample()).hasMessageContaining("needs a value");
    }

    @Test
    void peakMemoryIsReadFromTheStatusFile() {
        assertThat(ProcessFigures.peakRssMb(List.of("VmPeak:\t 999999 kB", "VmHWM:\t  204800 kB", "Threads:\t3")))
                .isEqualTo(200);
        assertThat(ProcessFigures.peakRssMb(List.of())).isZero();
    }
}
