package io.rivulet.expression;

import static io.rivulet.expression.EvaluationCases.typedOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.error.ErrorCode;
import io.rivulet.expression.EvaluationCases.Typed;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CastTest {
    private static @Nullable Object cast(Object value, DataType type, boolean tryCast) {
        Typed typed = typedOf(value);
        Schema schema = Schema.of(Field.of("x", typed.type()));
        return EvaluationCases.value(new Cast(Expressions.column(schema, "x"), type, tryCast), schema, List.of(typed));
    }

    private static @Nullable Object cast(Object value, DataType type) {
        return cast(value, type, false);
    }

    @Test
    void numbers() {
        assertThat(cast(300L, DataType.INT)).isEqualTo(300);
        assertThat(cast(-1.9, DataType.INT)).isEqualTo(-1);
        assertThat(cast(127.9, DataType.TINYINT)).isEqualTo((byte) 127);
        assertThat(cast(true, DataType.BIGINT)).isEqualTo(1L);
        assertThat(cast(2, DataType.BOOLEAN)).isEqualTo(true);
        assertThat(cast(1.005, new DecimalType(5, 2))).isEqualTo(new BigDecimal("1.01"));
        assertThat(cast(7, new DecimalType(12, 2))).isEqualTo(new BigDecimal("7.00"));
        assertThat(cast(7L, new DecimalType(30, 2))).isEqualTo(new BigDecimal("7.00"));
        assertThat(cast(new BigDecimal("1.5"), DataType.DOUBLE)).isEqualTo(1.5);
        assertThat(cast(new BigDecimal("-1.9"), DataType.BIGINT)).isEqualTo(-1L);
        assertThat(cast(new BigDecimal("1.25"), new DecimalType(3, 1))).isEqualTo(new BigDecimal("1.3"));
    }

    @Test
    void textToValues() {
        assertThat(cast(" -12 ", DataType.INT)).isEqualTo(-12);
        assertThat(cast("-9223372036854775808", DataType.BIGINT)).isEqualTo(Long.MIN_VALUE);
        assertThat(cast("1e3", DataType.DOUBLE)).isEqualTo(1000.0);
        assertThat(cast("-inf", DataType.DOUBLE)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(cast("Yes", DataType.BOOLEAN)).isEqualTo(true);
        assertThat(cast("1.25", new DecimalType(4, 1))).isEqualTo(new BigDecimal("1.3"));
        assertThat(cast("2024-2-9", DataType.DATE)).isEqualTo(LocalDate.of(2024, 2, 9));
        assertThat(cast("0001-01-01", DataType.DATE)).isEqualTo(LocalDate.of(1, 1, 1));
        assertThat(cast("2024-02-29 01:02:03.123456789", DataType.TIMESTAMP))
                .isEqualTo(Instant.parse("2024-02-29T01:02:03.123456Z"));
        assertThat(cast("1969-12-31T23:59:59.5+01:00", DataType.TIMESTAMP))
                .isEqualTo(Instant.parse("1969-12-31T22:59:59.5Z"));
        assertThat(cast("2024-01-01 05:00 America/New_York", DataType.TIMESTAMP))
                .isEqualTo(Instant.parse("2024-01-01T10:00:00Z"));
        assertThat(cast("2024-01-01 05:00", DataType.TIMESTAMP_NTZ)).isEqualTo(LocalDateTime.of(2024, 1, 1, 5, 0));
        assertThat(cast("1 hour 30 minutes", DataType.INTERVAL_DAY_TIME)).isEqualTo(Duration.ofMinutes(90));
        assertThat(cast("1-2", DataType.INTERVAL_YEAR_MONTH)).isEqualTo(Period.of(1, 2, 0));
    }

    @Test
    void valuesToText() {
        assertThat(cast(1.0, DataType.STRING)).isEqualTo("1.0");
        assertThat(cast(new BigDecimal("1.50"), DataType.STRING)).isEqualTo("1.50");
        assertThat(cast(false, DataType.STRING)).isEqualTo("false");
        assertThat(cast(LocalDate.of(2024, 2, 9), DataType.STRING)).isEqualTo("2024-02-09");
        assertThat(cast(Instant.parse("2024-02-09T01:02:03.450Z"), DataType.STRING))
                .isEqualTo("2024-02-09 01:02:03.45");
        assertThat(cast(Duration.ofSeconds(90_061), DataType.STRING)).isEqualTo("1 01:01:01");
        assertThat(cast(Period.ofMonths(-14), DataType.STRING)).isEqualTo("-1-2");
    }

    @Test
    void times() {
        Instant time = Instant.parse("2024-02-09T01:02:03.5Z");
        assertThat(cast(time, DataType.DATE)).isEqualTo(LocalDate.of(2024, 2, 9));
        assertThat(cast(time, DataType.BIGINT)).isEqualTo(time.getEpochSecond());
        assertThat(cast(1.5, DataType.TIMESTAMP)).isEqualTo(Instant.ofEpochMilli(1500));
        assertThat(cast(-1L, DataType.TIMESTAMP)).isEqualTo(Instant.ofEpochSecond(-1));
        assertThat(cast(LocalDate.of(1969, 12, 31), DataType.TIMESTAMP))
                .isEqualTo(Instant.parse("1969-12-31T00:00:00Z"));
    }

    @Test
    void badValuesAreNamedOrNull() {
        record Bad(Object value, DataType type) {}
        for (Bad bad : List.of(
                new Bad("1x", DataType.INT),
                new Bad("", DataType.BIGINT),
                new Bad("9223372036854775808", DataType.BIGINT),
                new Bad("128", DataType.TINYINT),
                new Bad("1.5", DataType.INT),
                new Bad("1d", DataType.DOUBLE),
                new Bad("maybe", DataType.BOOLEAN),
                new Bad("2023-02-29", DataType.DATE),
                new Bad("2023-02-28 24:00", DataType.TIMESTAMP),
                new Bad("2023-02-28 10:00 Nowhere/Land", DataType.TIMESTAMP),
                new Bad(3_000_000_000L, DataType.INT),
                new Bad(Double.NaN, DataType.BIGINT),
                new Bad(1e19, DataType.BIGINT),
                new Bad(100, new DecimalType(2, 0)),
                new Bad("soon", DataType.INTERVAL_DAY_TIME))) {
            assertThatThrownBy(() -> cast(bad.value, bad.type))
                    .as(bad.toString())
                    .hasMessageContaining(bad.value.toString())
                    .extracting("code")
                    .isIn(ErrorCode.BAD_CAST, ErrorCode.ARITHMETIC_OVERFLOW);
            assertThat(cast(bad.value, bad.type, true)).as(bad.toString()).isNull();
        }
    }
}
