package io.rivulet.expression;

import static io.rivulet.expression.EvaluationCases.error;
import static io.rivulet.expression.EvaluationCases.typed;
import static io.rivulet.expression.EvaluationCases.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.error.ErrorCode;
import io.rivulet.expression.EvaluationCases.Typed;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rounding of decimals narrows their type; of other numbers it does not. */
class RoundingFunctionsTest {
    /** The type and the value of a call over a column and constant digits. */
    private static String rounded(String function, DataType type, @Nullable Object value, int digits) {
        Expression call = Expressions.call(function, new InputRef(0, type, true), Literal.of(digits));
        Object result = value(call, Schema.of(Field.of("c", type)), List.of(new Typed(value, type)));
        return call.type().sql() + " " + result;
    }

    private static String rounded(String function, int precision, int scale, String value, int digits) {
        return rounded(function, new DecimalType(precision, scale), new BigDecimal(value), digits);
    }

    @Test
    void aDecimalLosesTheDigitsAndMayNeedOneMoreBeforeThePoint() {
        assertThat(rounded("round", 5, 3, "12.345", 2)).isEqualTo("DECIMAL(5,2) 12.35");
        assertThat(rounded("bround", 5, 3, "12.345", 2)).isEqualTo("DECIMAL(5,2) 12.34");
        assertThat(rounded("ceil", 5, 3, "12.341", 2)).isEqualTo("DECIMAL(5,2) 12.35");
        assertThat(rounded("floor", 5, 3, "-12.341", 2)).isEqualTo("DECIMAL(5,2) -12.35");
        assertThat(rounded("round", 5, 3, "99.995", 2)).isEqualTo("DECIMAL(5,2) 100.00");
        assertThat(rounded("round", 5, 3, "12.345", 7)).isEqualTo("DECIMAL(6,3) 12.345");
        assertThat(rounded("round", 5, 3, "-12.5", 0)).isEqualTo("DECIMAL(3,0) -13");
    }

    @Test
    void digitsBeforeThePoint() {
        assertThat(rounded("round", 5, 1, "1250.5", -2)).isEqualTo("DECIMAL(5,0) 1300");
        assertThat(rounded("bround", 5, 1, "1250.0", -2)).isEqualTo("DECIMAL(5,0) 1200");
        assertThat(rounded("ceil", 3, 1, "12.5", -3)).isEqualTo("DECIMAL(4,0) 1000");
        assertThat(rounded("floor", 3, 1, "12.5", Integer.MIN_VALUE)).isEqualTo("DECIMAL(38,0) 0");
    }

    @Test
    void wideDecimals() {
        String value = "12345678901234567890123456.789";
        assertThat(rounded("round", 30, 4, value, 1)).isEqualTo("DECIMAL(28,1) 12345678901234567890123456.8");
        assertThat(rounded("floor", 30, 4, value, -20)).isEqualTo("DECIMAL(27,0) 12345600000000000000000000");
        BigDecimal greatest = new BigDecimal("9".repeat(38));
        assertThatThrownBy(() -> rounded("round", new DecimalType(38, 0), greatest, -1))
                .hasMessageStartingWith("[ARITHMETIC_OVERFLOW]");
        assertThat(rounded("try_round", new DecimalType(38, 0), greatest, -1)).isEqualTo("DECIMAL(38,0) null");
    }

    @Test
    void toAWholeNumber() {
        Typed price = typed(new BigDecimal("2.500"), new DecimalType(10, 3));
        assertThat(value("round", price)).isEqualTo(new BigDecimal("3"));
        assertThat(value("bround", price)).isEqualTo(new BigDecimal("2"));
        assertThat(value("ceil", price)).isEqualTo(new BigDecimal("3"));
        assertThat(value("floor", price)).isEqualTo(new BigDecimal("2"));
        assertThat(type("round", new DecimalType(10, 3))).isEqualTo("DECIMAL(8,0)");
        assertThat(type("ceil", new DecimalType(10, 3))).isEqualTo("DECIMAL(8,0)");
        assertThat(type("ceil", new DecimalType(10, 0))).isEqualTo("DECIMAL(10,0)");
        assertThat(type("round", new DecimalType(10, 0))).isEqualTo("DECIMAL(11,0)");
    }

    private static String type(String function, DataType argument) {
        return Expressions.call(function, new InputRef(0, argument, true))
                .type()
                .sql();
    }

    @Test
    void ceilAndFloorToDigitsMakeDecimalsOfAllNumbers() {
        assertThat(rounded("ceil", DataType.DOUBLE, 2.341, 2)).isEqualTo("DECIMAL(18,2) 2.35");
        assertThat(rounded("floor", DataType.FLOAT, 2.5f, 0)).isEqualTo("DECIMAL(8,0) 2");
        assertThat(rounded("ceiling", DataType.INT, 1234, -2)).isEqualTo("DECIMAL(11,0) 1300");
        assertThat(rounded("floor", DataType.BIGINT, -1234L, -2)).isEqualTo("DECIMAL(21,0) -1300");
        assertThat(rounded("floor", DataType.DOUBLE, null, 1)).isEqualTo("DECIMAL(17,1) null");
    }

    @Test
    void otherNumbersKeepTheirType() {
        assertThat(value("round", (byte) 15, -1)).isEqualTo((byte) 20);
        assertThat(value("round", (short) 15)).isEqualTo((short) 15);
        assertThat(value("bround", 25, -1)).isEqualTo(20);
        assertThat(value("bround", 35L, -1)).isEqualTo(40L);
        assertThat(value("round", 2.25f, 1)).isEqualTo(2.3f);
        assertThat(value("bround", 2.25f, 1)).isEqualTo(2.2f);
        assertThat(value("round", Double.NaN, 1)).isEqualTo(Double.NaN);
        assertThat(value("round", 2.5, Integer.MAX_VALUE)).isEqualTo(2.5);
        assertThat(value("round", Double.MAX_VALUE, Integer.MIN_VALUE)).isEqualTo(0.0);
        assertThat(value("round", Long.MAX_VALUE, Integer.MIN_VALUE)).isEqualTo(0L);
        assertThat(error("round", (byte) 127, -1)).extracting("code").isEqualTo(ErrorCode.ARITHMETIC_OVERFLOW);
        assertThat(error("round", Long.MAX_VALUE, -1)).extracting("code").isEqualTo(ErrorCode.ARITHMETIC_OVERFLOW);
        assertThat(value("try_round", Integer.MAX_VALUE, -1)).isNull();
    }

    @Test
    void theDigitsOfADecimalAreConstant() {
        InputRef digits = new InputRef(1, DataType.INT, true);
        InputRef price = new InputRef(0, new DecimalType(5, 2), true);

        assertThatThrownBy(() -> Expressions.call("round", price, digits)).hasMessageStartingWith("[BAD_ARGUMENT]");
        assertThatThrownBy(() -> Expressions.call("floor", new InputRef(0, DataType.DOUBLE, true), digits))
                .hasMessageStartingWith("[BAD_ARGUMENT]");
        Expression sum = Expressions.call("+", Literal.of(1), Literal.of(0));
        assertThat(Expressions.call("round", price, sum).type()).isEqualTo(new DecimalType(5, 1));
    }
}
