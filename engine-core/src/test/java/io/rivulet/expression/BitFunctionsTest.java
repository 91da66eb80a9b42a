package io.rivulet.expression;

import static io.rivulet.expression.EvaluationCases.typed;
import static io.rivulet.expression.EvaluationCases.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.type.DataType;
import org.junit.jupiter.api.Test;

class BitFunctionsTest {
    @Test
    void bitsKeepTheWiderType() {
        assertThat(value("&", 12, 10)).isEqualTo(8);
        assertThat(value("|", 12L, 10)).isEqualTo(14L);
        assertThat(value("^", (byte) 12, (byte) -1)).isEqualTo((byte) -13);
        assertThat(value("&", (short) 300, (byte) 127)).isEqualTo((short) 44);
        assertThat(value("~", (byte) 0)).isEqualTo((byte) -1);
        assertThat(value("~", (short) 5)).isEqualTo((short) -6);
        assertThat(value("~", Long.MIN_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(value("&", typed(null, DataType.INT), 1)).isNull();
    }

    @Test
    void shiftsTakeTheLowBitsOfTheDistance() {
        assertThat(value("<<", 1, 33)).isEqualTo(2);
        assertThat(value("<<", 1L, 33)).isEqualTo(1L << 33);
        assertThat(value(">>", -16, 2)).isEqualTo(-4);
        assertThat(value(">>>", -16L, 60)).isEqualTo(15L);
        assertThat(value("shiftleft", (byte) 100, 2)).isEqualTo(400);
        assertThat(value("shiftrightunsigned", -1, 31)).isEqualTo(1);
    }

    @Test
    void bitsAreThoseOfWholeNumbers() {
        assertThatThrownBy(() -> value("&", 1.5, 1)).hasMessageStartingWith("[TYPE_MISMATCH] no function &(");
        assertThatThrownBy(() -> value("<<", 1, 2L)).hasMessageStartingWith("[TYPE_MISMATCH] no function <<(");
    }
}
