package io.rivulet.examples;

import io.rivulet.vector.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The airports of the newest week, kept in a small CSV file: what a program does with rows in update mode. Each row
 * replaces the one of its airport; a row of a newer week clears the table. Used by one thread at a time.
 */
public final class BusiestAirports {
    /** One airport in the newest week; the share is of flights more than 15 minutes late. */
    public record Airport(String code, long flights, double meanDelay, double lateShare) {}

    private final Path file;
    private final TreeMap<String, Airport> airports = new TreeMap<>();
    private Instant week = Instant.EPOCH;

    private BusiestAirports(Path file) {
        this.file = file;
    }

    /** The table that a file keeps; empty when there is no file yet. */
    public static BusiestAirports load(Path file) {
        BusiestAirports table = new BusiestAirports(file);
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    String[] cells = line.split(",", -1);
                    table.put(
                            Instant.parse(cells[0]),
                            new Airport(
                                    cells[1],
                                    Long.parseLong(cells[2]),
                                    Double.parseDouble(cells[3]),
                                    Double.parseDouble(cells[4])));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    /** Takes changed rows: week, origin, flights, mean_delay, late_share. */
    void update(List<Row> rows) {
        for (Row row : rows) {
            put(
                    (Instant) value(row, "week"),
                    new Airport(
                            (String) value(row, "origin"),
                            (Long) value(row, "flights"),
                            (Double) value(row, "mean_delay"),
                            (Double) value(row, "late_share")));
        }
    }

    private static Object value(Row row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    private void put(Instant rowWeek, Airport airport) {
        if (rowWeek.isBefore(week)) {
            return;
        }
        if (rowWeek.isAfter(week)) {
            airports.clear();
            week = rowWeek;
        }
        airports.put(airport.code(), airport);
    }

    /** Replaces the file in one step, so that it is whole at any moment. */
    void save() {
        StringBuilder lines = new StringBuilder();
        for (Airport a : airports.values()) {
            lines.append(String.format(
                    Locale.ROOT, "%s,%s,%d,%s,%s%n", week, a.code(), a.flights(), a.meanDelay(), a.lateShare()));
        }
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, lines, StandardCharsets.UTF_8);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first day of the newest week; 1970-01-01 when there is none. */
    public LocalDate week() {
        return week.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** The airports with the most flights, most first. */
    public List<Airport> busiest(int count) {
        List<Airport> sorted = new ArrayList<>(airports.values());
        sorted.sort(Comparator.comparingLong(Airport::flights).reversed().thenComparing(Airport::code));
        return sorted.subList(0, Math.min(count, sorted.size()));
    }

    /** The busiest airports as lines of text. */
    public String text(int count) {
        StringBuilder text = new StringBuilder("Busiest airports in the week of " + week() + "\n"
                + "  airport  flights  mean delay  over 15 min late\n");
        for (Airport a : busiest(count)) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-7s  %7d  %6.1f min  %15.1f%%%n",
                    a.code(),
                    a.flights(),
                    a.meanDelay(),
                    100 * a.lateShare()));
        }
        return text.toString();
    }
}
