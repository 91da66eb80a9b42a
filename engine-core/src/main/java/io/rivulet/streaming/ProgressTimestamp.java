package io.rivulet.streaming;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Timestamps as progress shows them: {@code 2026-11-21T15:04:05.678Z}. Every batch has a handful of them, and a
 * {@link DateTimeFormatter} costs more than a small batch takes; it is left to years that do not have four digits.
 */
final class ProgressTimestamp {
    private static final DateTimeFormatter ANY_YEAR = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final long FIRST_MILLIS = -62_167_219_200_000L; // 0000-01-01
    private static final long BEHIND_LAST_MILLIS = 253_402_300_800_000L; // 10000-01-01

    private ProgressTimestamp() {}

    /** @param millis since the epoch */
    static String ofMillis(long millis) {
        if (millis < FIRST_MILLIS || millis >= BEHIND_LAST_MILLIS) {
            return ANY_YEAR.format(Instant.ofEpochMilli(millis));
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, MILLIS_PER_DAY));
        int ofDay = (int) Math.floorMod(millis, MILLIS_PER_DAY);
        byte[] text = new byte[24];
        digits(text, 0, 4, date.getYear());
        text[4] = '-';
        digits(text, 5, 2, date.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, date.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, ofDay / 3_600_000);
        text[13] = ':';
        digits(text, 14, 2, ofDay / 60_000 % 60);
        text[16] = ':';
        digits(text, 17, 2, ofDay / 1000 % 60);
        text[19] = '.';
        digits(text, 20, 3, ofDay % 1000);
        text[23] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void digits(byte[] text, int at, int count, int value) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
