package io.rivulet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.Engine;
import io.rivulet.streaming.Trigger;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the job with a plain loop over the same flights. */
class FlightDelaysTest {
    private static final Path FLIGHTS = Path.of("data", "flights.csv");
    private static final long WEEK = Duration.ofDays(7).toSeconds();

    /** What the loop adds up for an airport in a week. */
    private static final class Sums {
        private long flights;
        private long delay;
        private long late;
    }

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    private final TreeMap<Long, TreeMap<String, Sums>> weeks = new TreeMap<>();
    private long newest;

    private void loopOverAllFlights() throws IOException {
        for (String line : Files.readAllLines(FLIGHTS, StandardCharsets.UTF_8).subList(1, 20_001)) {
            String[] cells = line.split(",", -1);
            long time = Instant.parse(cells[0]).getEpochSecond();
            Sums sums = weeks.computeIfAbsent(time - Math.floorMod(time, WEEK), w -> new TreeMap<>())
                    .computeIfAbsent(cells[3], a -> new Sums());
            int delay = Integer.parseInt(cells[1]);
            sums.flights++;
            sums.delay += delay;
            sums.late += delay > 15 ? 1 : 0;
            newest = Math.max(newest, time);
        }
    }

    private static double round(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue();
    }

    private void run(int rowsPerBatch) {
        try (Engine engine = Engine.create()) {
            FlightDelays job =
                    new FlightDelays(engine, FLIGHTS.toString(), directory, rowsPerBatch, Trigger.availableNow());
            var delays = job.startDelays();
            var busiest = job.startBusiest(table -> {});
            delays.awaitTermination();
            busiest.awaitTermination();
        }
    }

    private List<String> writtenRows() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve("delays"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
                assertThat(lines.get(0)).isEqualTo("week,origin,flights,mean_delay,late_share");
                rows.addAll(lines.subList(1, lines.size()));
            }
        }
        rows.sort(null);
        return rows;
    }

    @Test
    void writesEveryWeekThatIsOverOnceAndKeepsTheRestOpen() throws IOException {
        loopOverAllFlights();
        long watermark = newest - Duration.ofDays(1).toSeconds();
        List<String> expected = new ArrayList<>();
        for (Map.Entry<Long, TreeMap<String, Sums>> week : weeks.entrySet()) {
            if (week.getKey() + WEEK <= watermark) {
                week.getValue()
                        .forEach((airport, sums) -> expected.add(Instant.ofEpochSecond(week.getKey()) + "," + airport
                                + "," + sums.flights
                                + "," + round((double) sums.delay / sums.flights, 2)
                                + "," + round((double) sums.late / sums.flights, 4)));
            }
        }
        expected.sort(null);

        run(700);

        assertThat(weeks).as("weeks, of which the last is open").hasSize(14);
        assertThat(writtenRows()).isEqualTo(expected);
    }

    @Test
    void theTableHoldsTheNewestWeek() throws IOException {
        loopOverAllFlights();
        TreeMap<String, Sums> last = weeks.lastEntry().getValue();

        run(700);
        BusiestAirports table = BusiestAirports.load(directory.resolve("busiest.csv"));

        assertThat(table.week()).hasToString("2001-03-29");
        assertThat(table.busiest(Integer.MAX_VALUE)).hasSize(last.size()).allSatisfy(airport -> {
            Sums sums = Objects.requireNonNull(last.get(airport.code()), airport.code());
            assertThat(airport.flights()).isEqualTo(sums.flights);
            assertThat(airport.meanDelay()).isEqualTo(round((double) sums.delay / sums.flights, 2));
        });
        assertThat(table.busiest(2)).extracting(BusiestAirports.Airport::code).containsExactly("ORD", "DFW");
    }
}
