package io.rivulet.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EventFillTest {
    private static final long FIRST_MICROS = 1_700_000_000_000_000L;

    @Test
    void eventsFollowTheFormula() {
        // computed apart from this code, with unbounded integers
        assertEvent(0, 1000, FIRST_MICROS, 767, 1484.0625, 0);
        assertEvent(1, 1000, FIRST_MICROS, 232, 1388.875, 1);
        assertEvent(5, 7, FIRST_MICROS, 5, 3584.0, 1);
        assertEvent(399, 1000, FIRST_MICROS + 1000, 981, 925.5625, 3);
        assertEvent(123_456_789, 7, FIRST_MICROS + 617_283_000, 2, 2135.125, 1);
    }

    private static void assertEvent(long index, long keys, long ts, long key, double value, int kind) {
        EventFill fill = new EventFill(keys, 200);
        Columns columns = new Columns(1);
        fill.fill(index, 1, columns.ts, columns.key, columns.value, columns.kind);
        assertThat(columns.ts[0]).isEqualTo(ts).isEqualTo(fill.ts(index));
        assertThat(columns.key[0]).isEqualTo(key);
        assertThat(columns.value[0]).isEqualTo(value);
        assertThat(columns.kind[0]).isEqualTo(kind);
    }

    @Test
    void mix64IsSplitMix64() {
        assertThat(EventFill.mix64(0)).isEqualTo(0xe220a8397b1dcdafL);
        assertThat(EventFill.mix64(123_456_789)).isEqualTo(0x223c74d93deb7679L);
    }

    @Test
    void anEventDoesNotDependOnHowItsRangeIsCut() {
        EventFill fill = new EventFill(1_000_003, 7);
        Columns whole = new Columns(1000);
        fill.fill(12_345, 1000, whole.ts, whole.key, whole.value, whole.kind);
        for (int row = 0; row < 1000; row += 13) {
            Columns one = new Columns(1);
            fill.fill(12_345 + row, 1, one.ts, one.key, one.value, one.kind);
            assertThat(one.ts[0]).isEqualTo(whole.ts[row]).isEqualTo(fill.ts(12_345 + row));
            assertThat(one.key[0]).isEqualTo(whole.key[row]);
            assertThat(one.value[0]).isEqualTo(whole.value[row]);
            assertThat(one.kind[0]).isEqualTo(whole.kind[row]);
        }
    }

    @Test
    void onlyTheColumnsAndRowsAskedForAreWritten() {
        EventFill fill = new EventFill(10, 200);
        long[] key = {-1, -1, -1};
        fill.fill(0, 2, null, key, null, null);
        assertThat(key).containsExactly(7, 2, -1);
    }

    @Test
    void refusesWhatHasNoKeyOrNoTime() {
        assertThatThrownBy(() -> new EventFill(0, 1)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new EventFill(1, 0)).hasMessageContaining("at least 1");
    }

    private static final class Columns {
        final long[] ts;
        final long[] key;
        final double[] value;
        final int[] kind;

        Columns(int rows) {
            ts = new long[rows];
            key = new long[rows];
            value = new double[rows];
            kind = new int[rows];
        }
    }
}
