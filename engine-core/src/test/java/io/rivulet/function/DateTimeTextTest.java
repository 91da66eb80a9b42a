package io.rivulet.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** The calendar under dates and timestamps as text, against that of the JDK. */
class DateTimeTextTest {
    private static final int[] YEARS = {
        -999_999, -400, -101, -100, -4, -1, 0, 1, 4, 1582, 1899, 1900, 1904, 1969, 1970, 2000, 2023, 2024, 2100, 9999,
        999_999
    };

    @Test
    void daysAreThoseOfTheProlepticGregorianCalendar() {
        for (int year : YEARS) {
            for (int month = 1; month <= 12; month++) {
                int days = DateTimeText.daysOf(year, month);
                assertThat(days).isEqualTo(YearMonth.of(year, month).lengthOfMonth());
                for (int day = 1; day <= days; day++) {
                    assertThat(DateTimeText.epochDay(year, month, day))
                            .as("%d-%d-%d", year, month, day)
                            .isEqualTo((int) LocalDate.of(year, month, day).toEpochDay());
                }
            }
        }
    }

    @Test
    void aTimeInAGapOfTheClockMovesOn() {
        long local = LocalDateTime.of(2024, 3, 31, 2, 30).toEpochSecond(ZoneOffset.UTC) * DateTimeText.SECOND + 7;
        long hour = 3600 * DateTimeText.SECOND;
        assertThat(DateTimeText.toInstant(local, ZoneId.of("Europe/Berlin"))).isEqualTo(local - hour);
        assertThat(DateTimeText.toInstant(local, ZoneOffset.ofHours(2))).isEqualTo(local - 2 * hour);
        assertThat(DateTimeText.toInstant(-1, ZoneId.of("UTC"))).isEqualTo(-1);
    }
}
