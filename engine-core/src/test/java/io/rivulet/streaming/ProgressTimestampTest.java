package io.rivulet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProgressTimestampTest {
    private static final DateTimeFormatter FORMATTER = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Test
    void everyTimestampIsThatOfTheFormatter() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long millis = random.nextLong() >> (8 + random.nextInt(40));
            assertThat(ProgressTimestamp.ofMillis(millis))
                    .as("seed %d, %d ms", seed, millis)
                    .isEqualTo(FORMATTER.format(Instant.ofEpochMilli(millis)));
        }
    }

    @Test
    void theEndsOfTheFourDigitYearsAreRight() {
        for (String text : new String[] {
            "0000-01-01T00:00:00.000Z",
            "9999-12-31T23:59:59.999Z",
            "1969-12-31T23:59:59.999Z",
            "2024-02-29T12:00:00.001Z"
        }) {
            assertThat(ProgressTimestamp.ofMillis(Instant.parse(text).toEpochMilli()))
                    .isEqualTo(text);
        }
        for (long millis : new long[] {-62_167_219_200_001L, 253_402_300_800_000L, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(ProgressTimestamp.ofMillis(millis)).isEqualTo(FORMATTER.format(Instant.ofEpochMilli(millis)));
        }
    }
}
