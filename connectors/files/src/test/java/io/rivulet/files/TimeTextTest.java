package io.rivulet.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.function.DateTimeText;
import io.rivulet.function.Utf8;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Dates and timestamps of files and those of CAST are of one calendar; files are stricter about the form. */
class TimeTextTest {
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("UTC"), ZoneId.of("+05:30"), ZoneId.of("Europe/Berlin"), ZoneId.of("America/St_Johns"));

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatBothReadTheyReadAlike() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] ends = {"", "Z", "+02:00", "-11:30", " Asia/Tokyo"};
        for (int i = 0; i < 20_000; i++) {
            String date = String.format(
                    "%04d-%02d-%02d", random.nextInt(10_000), 1 + random.nextInt(13), 1 + random.nextInt(31));
            String time = String.format(
                    "T%02d:%02d:%02d.%06d",
                    random.nextInt(25), random.nextInt(61), random.nextInt(60), random.nextInt(1_000_000));
            String text = date + (random.nextInt(10) == 0 ? "" : time + ends[random.nextInt(ends.length)]);
            ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
            TimeText times = new TimeText(ValueFormats.ISO, zone);
            byte[] data = utf8("x" + text + "x");
            long cast = DateTimeText.timestamp(new Utf8(data, 1, data.length - 2), zone);
            boolean read = times.parse(data, 1, data.length - 1, true);
            assertThat(read).as("%s, seed %d", text, seed).isEqualTo(cast != Long.MIN_VALUE);
            if (read) {
                assertThat(times.micros())
                        .as("%s in %s, seed %d", text, zone, seed)
                        .isEqualTo(cast);
            }
            long day = DateTimeText.date(new Utf8(utf8(date), 0, date.length()));
            assertThat(times.parseDate(utf8(date), 0, date.length())).isEqualTo(day != Long.MIN_VALUE);
            if (day != Long.MIN_VALUE) {
                assertThat(times.days()).as("%s, seed %d", date, seed).isEqualTo((int) day);
            }
        }
    }

    @Test
    void yearsOfMoreOrLessThanFourDigitsHaveASign() {
        TimeText times = new TimeText(ValueFormats.ISO, ZoneId.of("UTC"));
        for (LocalDate day : List.of(
                LocalDate.of(10_000, 1, 1),
                LocalDate.of(-1, 2, 28),
                LocalDate.of(-4, 2, 29),
                LocalDate.of(292_000, 12, 31),
                LocalDate.ofEpochDay(Integer.MAX_VALUE),
                LocalDate.ofEpochDay(Integer.MIN_VALUE))) {
            byte[] text = utf8(day.toString());
            assertThat(times.parseDate(text, 0, text.length)).as(day.toString()).isTrue();
            assertThat(times.days()).isEqualTo((int) day.toEpochDay());
        }
        byte[] sentinel = utf8("+10000-01-01T00:59:59+01:00");
        assertThat(times.parse(sentinel, 0, sentinel.length, true)).isTrue();
        assertThat(times.micros())
                .isEqualTo(Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * 1_000_000);
        for (String text :
                List.of("+999-01-01", "+10000-13-01", "+10000-02-30", "+10000-1-1", "+10000", "+", "+5900000-01-01")) {
            assertThat(times.parseDate(utf8(text), 0, text.length())).as(text).isFalse();
        }
        byte[] beyond = utf8("+300000-01-01T00:00:00Z");
        assertThat(times.parse(beyond, 0, beyond.length, true)).isFalse();
    }

    @Test
    void whatCastForgivesIsMalformedInAFile() {
        TimeText times = new TimeText(ValueFormats.ISO, ZoneId.of("UTC"));
        for (String text : List.of("2024-1-31", "2024", "2024-01-31T10:00", " 2024-01-31")) {
            assertThat(DateTimeText.date(new Utf8(utf8(text), 0, text.length())))
                    .isNotEqualTo(Long.MIN_VALUE);
            assertThat(times.parseDate(utf8(text), 0, text.length())).as(text).isFalse();
        }
        for (String text : List.of("2024-01-31T1:00", "2024-01", "2024-01-31 10:00:00 ")) {
            assertThat(DateTimeText.timestamp(new Utf8(utf8(text), 0, text.length()), ZoneId.of("UTC")))
                    .isNotEqualTo(Long.MIN_VALUE);
            assertThat(times.parse(utf8(text), 0, text.length(), true)).as(text).isFalse();
        }
        String zoned = "2024-01-31T10:00:00Z";
        assertThat(times.parse(utf8(zoned), 0, zoned.length(), false))
                .as("TIMESTAMP_NTZ has no zone")
                .isFalse();
        String local = "2024-01-31T10:00:00";
        assertThat(times.parse(utf8(local), 0, local.length(), false)).isTrue();
    }
}
