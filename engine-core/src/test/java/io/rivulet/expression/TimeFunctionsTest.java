package io.rivulet.expression;

import static io.rivulet.expression.EvaluationCases.error;
import static io.rivulet.expression.EvaluationCases.typed;
import static io.rivulet.expression.EvaluationCases.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.error.ErrorCode;
import io.rivulet.function.Bindings;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeFunctionsTest {
    private static final Instant TIME = Instant.parse("2024-02-29T13:14:15.5Z");
    private static final LocalDate DAY = LocalDate.of(2024, 2, 29);

    @Test
    void fields() {
        assertThat(value("year", DAY)).isEqualTo(2024);
        assertThat(value("year", TIME)).isEqualTo(2024);
        assertThat(value("quarter", DAY)).isEqualTo(1);
        assertThat(value("month", "2024-02-29")).isEqualTo(2);
        assertThat(value("day", TIME)).isEqualTo(29);
        assertThat(value("dayofyear", DAY)).isEqualTo(60);
        assertThat(value("dayofweek", DAY)).isEqualTo(5);
        assertThat(value("weekday", DAY)).isEqualTo(3);
        assertThat(value("weekofyear", DAY)).isEqualTo(9);
        assertThat(value("hour", TIME)).isEqualTo(13);
        assertThat(value("minute", TIME)).isEqualTo(14);
        assertThat(value("second", TIME)).isEqualTo(15);
        assertThat(value("hour", LocalDateTime.of(1969, 12, 31, 23, 0))).isEqualTo(23);
    }

    @Test
    void arithmetic() {
        assertThat(value("date_add", DAY, 1)).isEqualTo(LocalDate.of(2024, 3, 1));
        assertThat(value("date_sub", DAY, 29)).isEqualTo(LocalDate.of(2024, 1, 31));
        assertThat(value("datediff", DAY, LocalDate.of(2023, 12, 31))).isEqualTo(60);
        assertThat(value("add_months", DAY, 12)).isEqualTo(LocalDate.of(2025, 2, 28));
        assertThat(value("last_day", LocalDate.of(2023, 2, 3))).isEqualTo(LocalDate.of(2023, 2, 28));
        assertThat(value("next_day", DAY, "Mon")).isEqualTo(LocalDate.of(2024, 3, 4));
        assertThat(value("+", TIME, Duration.ofMinutes(1))).isEqualTo(TIME.plusSeconds(60));
        assertThat(value("-", TIME, Duration.ofDays(1))).isEqualTo(TIME.minusSeconds(86_400));
        assertThat(value("-", TIME, TIME.minusSeconds(5))).isEqualTo(Duration.ofSeconds(5));
        assertThat(value("+", TIME, Period.ofMonths(12))).isEqualTo(Instant.parse("2025-02-28T13:14:15.5Z"));
        assertThat(value("+", DAY, 2)).isEqualTo(LocalDate.of(2024, 3, 2));
        assertThat(value("*", Duration.ofSeconds(3), 2)).isEqualTo(Duration.ofSeconds(6));
        assertThat(value("<", TIME, "2024-03-01")).isEqualTo(true);
    }

    @Test
    void conversions() {
        assertThat(value("unix_timestamp", TIME)).isEqualTo(TIME.getEpochSecond());
        assertThat(value("unix_millis", TIME)).isEqualTo(TIME.toEpochMilli());
        assertThat(value("timestamp_millis", 1500L)).isEqualTo(Instant.ofEpochMilli(1500));
        assertThat(value("timestamp_seconds", -1)).isEqualTo(Instant.ofEpochSecond(-1));
        assertThat(value("from_unixtime", 0L)).isEqualTo("1970-01-01 00:00:00");
        assertThat(value("to_date", "2024-02-29 11:00")).isEqualTo(DAY);
        assertThat(value("to_date", "29.02.2024", "dd.MM.yyyy")).isEqualTo(DAY);
        assertThat(value("to_timestamp", "2024-02-29T13:14:15.5Z")).isEqualTo(TIME);
        assertThat(value("to_timestamp", "29/02/24 13", "dd/MM/yy HH"))
                .isEqualTo(Instant.parse("2024-02-29T13:00:00Z"));
        assertThat(value("try_to_timestamp", "x", "yyyy")).isNull();
        assertThat(value("date_format", TIME, "yyyy/MM/dd HH:mm")).isEqualTo("2024/02/29 13:14");
        assertThat(value("date_trunc", "hour", TIME)).isEqualTo(Instant.parse("2024-02-29T13:00:00Z"));
        assertThat(value("date_trunc", "WEEK", TIME)).isEqualTo(Instant.parse("2024-02-26T00:00:00Z"));
        assertThat(value("date_trunc", "fortnight", TIME)).isNull();
        assertThat(value("trunc", DAY, "month")).isEqualTo(LocalDate.of(2024, 2, 1));
        assertThat(value("make_date", 2024, 2, 29)).isEqualTo(DAY);
        assertThat(error("make_date", 2023, 2, 29).code()).isEqualTo(ErrorCode.BAD_ARGUMENT);
    }

    @Test
    void windowsAreHalfOpenAndWorkBefore1970() {
        Schema schema = Schema.of(Field.of("t", DataType.TIMESTAMP));
        Expression window = Expressions.call(
                "window",
                Expressions.column(schema, "t"),
                Literal.of("5 seconds"),
                Literal.of("5 seconds"),
                Literal.of("1 second"));
        Row row = (Row)
                EvaluationCases.value(window, schema, List.of(typed(Instant.ofEpochSecond(-1), DataType.TIMESTAMP)));
        assertThat(row == null ? List.of() : row.values())
                .containsExactly(Instant.ofEpochSecond(-4), Instant.ofEpochSecond(1));
        assertThat(EvaluationCases.value(window, schema, List.of(typed(null, DataType.TIMESTAMP))))
                .isNull();
        Expression time = Expressions.call("window_time", window);
        assertThat(EvaluationCases.value(time, schema, List.of(typed(Instant.ofEpochSecond(6), DataType.TIMESTAMP))))
                .isEqualTo(Instant.ofEpochSecond(11).minusNanos(1000));
        Expression start = FieldAccess.of(window, "start");
        assertThat(EvaluationCases.value(start, schema, List.of(typed(Instant.ofEpochSecond(6), DataType.TIMESTAMP))))
                .isEqualTo(Instant.ofEpochSecond(6));
    }

    @Test
    void fieldsAndTextFollowTheSessionZone() {
        Schema schema = Schema.of(Field.of("t", DataType.TIMESTAMP));
        ColumnBuilder builder = new ColumnBuilder(DataType.TIMESTAMP, 1);
        builder.append(Instant.parse("2024-07-01T23:30:00Z"));
        ColumnBatch batch = new ColumnBatch(schema, new ColumnVector[] {builder.build()}, 1);
        InputRef time = Expressions.column(schema, "t");
        for (EvaluationMode mode : EvaluationCases.modes()) {
            EvaluationContext context = new EvaluationContext(mode, ZoneId.of("Europe/Berlin"), Bindings.EMPTY);
            context.setBatchTimestampMicros(7_000_000);
            ColumnVector[] values = ExpressionEvaluators.projection(
                            List.of(
                                    Expressions.call("hour", time),
                                    Cast.of(time, DataType.STRING),
                                    Expressions.call("to_date", time),
                                    Expressions.call("date_trunc", Literal.of("day"), time),
                                    Expressions.call("current_timestamp")),
                            context)
                    .evaluate(batch);
            assertThat(values[0].objectAt(0)).isEqualTo(1);
            assertThat(values[1].objectAt(0)).isEqualTo("2024-07-02 01:30:00");
            assertThat(values[2].objectAt(0)).isEqualTo(LocalDate.of(2024, 7, 2));
            assertThat(values[3].objectAt(0)).isEqualTo(Instant.parse("2024-07-01T22:00:00Z"));
            assertThat(values[4].objectAt(0)).isEqualTo(Instant.ofEpochSecond(7));
        }
    }
}
