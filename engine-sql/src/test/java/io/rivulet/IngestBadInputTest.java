package io.rivulet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.IngestOptions.WhenFull;
import io.rivulet.error.RivuletException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options, records and types that an ingest refuses. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // a record whose fate does not matter there
class IngestBadInputTest extends IngestFixture {
    @ParameterizedTest
    @CsvSource({
        "capacityRows, 0, BAD_OPTION",
        "capacityRows, many, BAD_OPTION",
        "capacityBytes, 0, BAD_OPTION",
        "capacityBytes, 64x, BAD_OPTION",
        "whenFull, panic, BAD_OPTION",
        "blockTimeout, soon, BAD_OPTION",
        "watermarkDelay, 1 month, BAD_OPTION",
        "journal, perhaps, BAD_OPTION",
        "capacity, 5, UNKNOWN_OPTION"
    })
    void aBadOptionIsRefusedWhenItIsSet(String name, String value, String code) {
        assertThatThrownBy(() -> IngestOptions.defaults().option(name, value))
                .hasMessageContaining(code)
                .hasMessageContaining(name);
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        IngestOptions options = IngestOptions.defaults();
        assertThatThrownBy(() -> engine.ingest(
                        "t", Trade.class, options.whenFull(WhenFull.REFUSE).blockTimeout(Duration.ofSeconds(1))))
                .hasMessageContaining("blockTimeout");
        assertThatThrownBy(() -> engine.ingest("t", Trade.class, options.blockTimeout(Duration.ZERO)))
                .hasMessageContaining("must be positive");
        assertThatThrownBy(() -> engine.ingest("t", Trade.class, options.option("watermarkDelay", "5 seconds")))
                .hasMessageContaining("eventTime");
        assertThatThrownBy(() -> engine.ingest("t", Trade.class, options.eventTime("time", Duration.ofSeconds(-1))))
                .hasMessageContaining("BAD_OPTION")
                .hasMessageContaining("negative");
        assertThatThrownBy(() -> engine.ingest("t", Trade.class, options.capacityBytes(1L << 60)))
                .hasMessageContaining("memoryLimit");
    }

    @Test
    void anEventTimeThatIsNoTimestampIsRefusedAndTheNameStaysFree() {
        IngestOptions options = IngestOptions.defaults();
        assertThatThrownBy(() -> engine.ingest("t", Trade.class, options.eventTime("when", Duration.ZERO)))
                .hasMessageContaining("UNKNOWN_COLUMN")
                .hasMessageContaining("when");
        assertThatThrownBy(() -> engine.ingest("t", Trade.class, options.eventTime("symbol", Duration.ZERO)))
                .isInstanceOf(RivuletException.class)
                .hasMessageContaining("symbol");
        engine.ingest("t", Trade.class);
    }

    record Odd(Thread thread) {}

    record Picky(int number) {
        @Override
        public int number() {
            if (number < 0) {
                throw new IllegalStateException("not today");
            }
            return number;
        }
    }

    record Money(java.math.BigDecimal amount, String text) {}

    @Test
    void badRecordsAreRefusedAndLeaveNoTrace() throws Exception {
        assertThatThrownBy(() -> engine.ingest("odd", Odd.class)).hasMessageContaining("BAD_SCHEMA");
        assertThatThrownBy(() -> engine.ingest(" ", Trade.class)).hasMessageContaining("BAD_ARGUMENT");
        engine.ingest("trades", Trade.class);
        assertThatThrownBy(() -> engine.ingest("trades", Trade.class))
                .hasMessageContaining("BAD_STATE")
                .hasMessageContaining("already");
        Ingest<Picky> picky = engine.ingest("picky", Picky.class);
        assertThatThrownBy(() -> picky.push(new Picky(-1)))
                .hasMessageContaining("USER_CODE")
                .hasMessageContaining("not today");

        Ingest<Money> money = engine.ingest("money", Money.class);
        money.toDF()
                .writeStream()
                .forEach(row -> given.add(String.valueOf(row.get(1)).length() + 0L))
                .start();
        java.math.BigDecimal fine = new java.math.BigDecimal("1.5");
        java.math.BigDecimal tooLong = new java.math.BigDecimal("1e-30");
        money.push(new Money(fine, "a")).get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> money.pushAll(List.of(new Money(fine, "bb"), new Money(tooLong, "ccc"))))
                .hasMessageContaining("TYPE_MISMATCH")
                .hasMessageContaining("amount");
        money.pushAll(List.of(new Money(fine, "dddd"))).get(30, TimeUnit.SECONDS);
        assertThat(given).containsExactly(1L, 4L);
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // what a caller without annotations may do
    void nullIsRefused() {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        assertThatThrownBy(() -> trades.push(null)).hasMessageContaining("BAD_ARGUMENT");
        assertThatThrownBy(() -> trades.pushAll(Collections.singletonList(null)))
                .hasMessageContaining("BAD_ARGUMENT");
    }

    @Test
    void anIngestHasNoEnd() {
        Ingest<Trade> trades = engine.ingest("trades", Trade.class);
        assertThatThrownBy(() -> trades.frame().collect()).hasMessageContaining("UNSUPPORTED_OPERATION");
    }
}
