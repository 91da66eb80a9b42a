package io.rivulet.expression;

import static io.rivulet.expression.EvaluationCases.error;
import static io.rivulet.expression.EvaluationCases.typed;
import static io.rivulet.expression.EvaluationCases.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArithmeticFunctionsTest {
    @Test
    void operatorsKeepTheWiderType() {
        assertThat(value("+", 1, 2)).isEqualTo(3);
        assertThat(value("+", 1, 2L)).isEqualTo(3L);
        assertThat(value("-", (byte) 1, (short) 2)).isEqualTo((short) -1);
        assertThat(value("*", 2, 1.5)).isEqualTo(3.0);
        assertThat(value("*", 2, 1.5f)).isEqualTo(3.0);
        assertThat(value("/", 1, 2)).isEqualTo(0.5);
        assertThat(value("div", 7, 2)).isEqualTo(3L);
        assertThat(value("%", -7, 3)).isEqualTo(-1);
        assertThat(value("pmod", -7, 3)).isEqualTo(2);
        assertThat(value("-", 5)).isEqualTo(-5);
        assertThat(value("abs", -5L)).isEqualTo(5L);
        assertThat(value("+", "1", 2)).isEqualTo(3L);
    }

    @Test
    void nullInNullOut() {
        assertThat(value("+", typed(null, DataType.INT), 2)).isNull();
        assertThat(value("+", 1.5, typed(null, DataType.DOUBLE))).isNull();
        assertThat(value("/", 1.5, typed(null, DataType.DOUBLE))).isNull();
        assertThat(value("+", null, 1)).isNull();
    }

    @Test
    void overflowNamesTheValues() {
        assertThat(error("+", Integer.MAX_VALUE, 1))
                .hasMessageContaining("2147483647 + 1")
                .extracting("code")
                .isEqualTo(ErrorCode.ARITHMETIC_OVERFLOW);
        assertThat(error("+", Long.MAX_VALUE, 1L)).hasMessageContaining("9223372036854775807 + 1");
        assertThat(error("-", Long.MIN_VALUE, 1L)).hasMessageContaining("BIGINT");
        assertThat(error("*", Long.MAX_VALUE, 2L)).hasMessageContaining("* 2");
        assertThat(error("*", Long.MIN_VALUE, -1L)).hasMessageContaining("* -1");
        assertThat(error("+", (byte) 100, (byte) 100)).hasMessageContaining("TINYINT");
        assertThat(error("-", Integer.MIN_VALUE)).hasMessageContaining("INT");
        assertThat(error("abs", Long.MIN_VALUE)).hasMessageContaining("BIGINT");
        assertThat(error("/", 1, 0)).extracting("code").isEqualTo(ErrorCode.DIVIDE_BY_ZERO);
        assertThat(error("%", 1L, 0L)).extracting("code").isEqualTo(ErrorCode.DIVIDE_BY_ZERO);
        assertThat(error("div", 1L, 0L)).extracting("code").isEqualTo(ErrorCode.DIVIDE_BY_ZERO);
    }

    @Test
    void tryVariantsGiveNull() {
        assertThat(value("try_add", Integer.MAX_VALUE, 1)).isNull();
        assertThat(value("try_add", 2, 1)).isEqualTo(3);
        assertThat(value("try_divide", 2, 0)).isNull();
        assertThat(value("try_multiply", Long.MAX_VALUE, 2L)).isNull();
        assertThat(value("try_mod", 2, 0)).isNull();
        assertThat(value("try_to_timestamp", "May")).isNull();
        assertThat(value("try_to_timestamp", "2024-05-01")).isEqualTo(Instant.parse("2024-05-01T00:00:00Z"));
        assertThat(value("try_to_date", "May")).isNull();
        assertThat(value("try_to_date", "1.13.2024", "d.M.yyyy")).isNull();
        assertThat(value("try_make_timestamp", 2024, 13, 1, 0, 0, 0.0)).isNull();
        assertThat(error("to_timestamp", "May")).extracting("code").isEqualTo(ErrorCode.BAD_CAST);
    }

    @Test
    void decimalsFollowTheRulesForPrecisionAndScale() {
        assertThat(value("+", new BigDecimal("1.25"), new BigDecimal("0.5"))).isEqualTo(new BigDecimal("1.75"));
        assertThat(value("*", new BigDecimal("1.25"), new BigDecimal("0.5"))).isEqualTo(new BigDecimal("0.625"));
        assertThat(value("/", new BigDecimal("1.00"), new BigDecimal("3"))).isEqualTo(new BigDecimal("0.333333"));
        assertThat(value("+", new BigDecimal("12345678901234567890.5"), 1))
                .isEqualTo(new BigDecimal("12345678901234567891.5"));
        assertThat(value("-", new BigDecimal("1.25"))).isEqualTo(new BigDecimal("-1.25"));
        assertThat(value("%", new BigDecimal("7.5"), 2)).isEqualTo(new BigDecimal("1.5"));
        assertThat(value("*", new BigDecimal("1.5"), 2.0)).isEqualTo(3.0);
        assertThat(value("<", new BigDecimal("1.5"), new BigDecimal("1.51"))).isEqualTo(true);
        BigDecimal huge = new BigDecimal("9".repeat(38));
        assertThat(error("+", typed(huge, new DecimalType(38, 0)), typed(huge, new DecimalType(38, 0))))
                .hasMessageContaining("DECIMAL(38,0)");
    }
}
