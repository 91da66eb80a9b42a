package io.rivulet.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.streaming.QueryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsTest {
    private static final Option<Long> ROWS = Option.count("maxRows", 5L, 1, "rows");
    private static final Option<Boolean> HEADER = Option.flag("header", false, "header");

    @Test
    void namesAreFoundWithoutRegardToCaseAndDefaultsFillIn() {
        Options options = Options.parse("test", List.of(ROWS, HEADER), Map.of("MAXROWS", "1_000"));
        assertThat(options.get(ROWS)).isEqualTo(1000);
        assertThat(options.get(HEADER)).isFalse();
        assertThat(options.isSet(HEADER)).isFalse();
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearestOne() {
        assertThatThrownBy(() -> Options.parse("csv source", List.of(ROWS, HEADER), Map.of("heder", "true")))
                .hasMessageContaining("UNKNOWN_OPTION")
                .hasMessageContaining("csv source")
                .hasMessageContaining("did you mean 'header'");
    }

    @ParameterizedTest
    @CsvSource({
        "flushAtEnd,yes,true|false",
        "watermarkPolicy,median,min|max",
        "maxRowsPerBatch,0,>= 1",
        "maxRowsPerBatch,many,no whole number",
        "progressHistory,-1,less than 1",
        "progressHistory,9999999999,1 to 2147483647",
        "batchAttempts,0,1 to 2147483647"
    })
    void aBadValueIsRefusedWithTheForm(String name, String value, String form) {
        assertThatThrownBy(() -> QueryOptions.parse(Map.of(name, value)))
                .hasMessageContaining("BAD_OPTION")
                .hasMessageContaining("'" + name + "' cannot be '" + value + "'")
                .hasMessageContaining(form);
    }

    @ParameterizedTest
    @CsvSource({
        "10 seconds,10000",
        "500ms,500",
        "1 hour 30 minutes,5400000",
        "PT2S,2000",
        "interval 2 days,172800000",
        "7 days,604800000"
    })
    void durationsReadAsPeopleWriteThem(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void numbersOfIntervalsMayBeInQuotes() {
        assertThat(Durations.parse("INTERVAL '2' DAY")).isEqualTo(Duration.ofDays(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "ten seconds",
                "1 month",
                "5 parsecs",
                "10 s and more",
                "PT10X",
                "99999999999999999 weeks",
                "99999999999999999999 s"
            })
    void whatIsNoDurationIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDurationThatTimesCannotTakeIsRefused() {
        assertThat(Durations.micros("a delay", Duration.ofDays(-1))).isEqualTo(-86_400_000_000L);
        assertThatThrownBy(() -> Durations.micros("a delay", Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessageContaining("[BAD_ARGUMENT] a delay")
                .hasMessageContaining("1000000 days");
    }

    @Test
    void bytesTakeSuffixes() {
        Option<Long> bytes = Option.bytes("b", null, "bytes");
        assertThat(bytes.parse("64m")).isEqualTo(64L << 20);
        assertThat(bytes.parse("10 MB")).isEqualTo(10L << 20);
        assertThatThrownBy(() -> bytes.parse("much")).hasMessageContaining("no whole number");
        assertThatThrownBy(() -> bytes.parse("-1k")).hasMessageContaining("BAD_OPTION");
    }
}
