package io.rivulet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.examples.MachineTemperatures.Minute;
import io.rivulet.examples.MachineTemperatures.Reading;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the minutes that come back with a plain loop over the same readings. */
class MachineTemperaturesTest {
    private static final Comparator<Minute> ORDER =
            Comparator.comparing(Minute::minute).thenComparing(Minute::machine);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    private static List<Minute> minutesThatAreOver(long readings) {
        TreeMap<Instant, TreeMap<String, List<Reading>>> byMinute = new TreeMap<>();
        Instant newest = Instant.MIN;
        for (long number = 0; number < readings; number++) {
            Reading reading = MachineTemperatures.reading(number);
            byMinute.computeIfAbsent(reading.time().truncatedTo(ChronoUnit.MINUTES), m -> new TreeMap<>())
                    .computeIfAbsent(reading.machine(), m -> new ArrayList<>())
                    .add(reading);
            newest = newest.isAfter(reading.time()) ? newest : reading.time();
        }
        Instant watermark = newest.minusSeconds(5);
        List<Minute> minutes = new ArrayList<>();
        byMinute.headMap(watermark.minus(Duration.ofMinutes(1)), true)
                .forEach((minute, machines) -> machines.forEach((machine, all) -> minutes.add(new Minute(
                        minute,
                        machine,
                        all.size(),
                        micro(all.stream()
                                .mapToDouble(Reading::celsius)
                                .average()
                                .orElseThrow()),
                        all.stream().mapToDouble(Reading::celsius).max().orElseThrow()))));
        return minutes;
    }

    /** To six digits: sums of doubles depend on their order. */
    private static double micro(double celsius) {
        return Math.round(celsius * 1e6) / 1e6;
    }

    @Test
    void stoppedAndStartedAgainItGivesEveryMinuteOnce() {
        List<Minute> minutes = new ArrayList<>();
        assertThat(MachineTemperatures.push(directory, 100, minutes::add)).isZero();
        assertThat(MachineTemperatures.push(directory, 350, minutes::add)).isEqualTo(100);
        assertThat(MachineTemperatures.push(directory, 351, minutes::add)).isEqualTo(350);
        assertThat(MachineTemperatures.push(directory, 700, minutes::add)).isEqualTo(351);

        minutes.replaceAll(m -> new Minute(m.minute(), m.machine(), m.readings(), micro(m.mean()), m.hottest()));
        minutes.sort(ORDER);
        assertThat(minutes).hasSizeGreaterThan(60).isEqualTo(minutesThatAreOver(700));
    }

    @Test
    void itTellsWhatItDoes() throws IOException {
        StringWriter text = new StringWriter();
        Example example = Example.ALL.get(0);
        example.program().run(directory, Path.of("data"), new PrintWriter(text));
        assertThat(text.toString())
                .contains("Pushed readings 0 to 349;")
                .contains("Pushed readings 350 to 699;")
                .contains("first above 80.0 °C: 2026-03-02T06:10:00Z  press");

        StringWriter again = new StringWriter();
        example.program().run(directory, Path.of("data"), new PrintWriter(again));
        assertThat(again.toString()).contains("Readings 700 and before are in the checkpoint already.");
    }

    @Test
    void namesAreDistinct() {
        assertThat(Example.ALL).extracting(Example::name).doesNotHaveDuplicates();
    }
}
