package io.rivulet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    @Test
    void numbersAreWrittenForPeople() {
        assertThat(ProgressLine.count(7)).isEqualTo("7");
        assertThat(ProgressLine.count(1_234_567)).isEqualTo("1 234 567");
        assertThat(ProgressLine.rate(12)).isEqualTo("12 rows/s");
        assertThat(ProgressLine.rate(36_410)).isEqualTo("36.4 k rows/s");
        assertThat(ProgressLine.rate(1_234_567)).isEqualTo("1.2 M rows/s");
        assertThat(ProgressLine.seconds(Duration.ofMillis(3_449))).isEqualTo("3.4 s");
    }

    @Test
    void timesAreShownToTheMinute() {
        assertThat(ProgressLine.time("2001-02-03T04:05:06.789Z")).isEqualTo("2001-02-03 04:05");
        assertThat(ProgressLine.time(null)).isEqualTo("none yet");
    }
}
