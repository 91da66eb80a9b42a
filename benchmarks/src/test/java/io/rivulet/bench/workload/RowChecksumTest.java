package io.rivulet.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowChecksumTest {
    @Test
    void aRowIsTheChainOfItsFields() {
        RowChecksum checksum = new RowChecksum(4);
        checksum.begin(1);
        checksum.field(1_700_000_000_000_000L);
        checksum.field(new long[] {7});
        checksum.field(new long[] {2});
        checksum.field(new double[] {3.5});
        checksum.field(new double[] {1.75});
        checksum.field(new double[] {2.0});
        checksum.end();
        // computed apart from this code, with unbounded integers
        assertThat(checksum.answer()).isEqualTo(new Answer(1, 0x36ca28b097de2990L));
        assertThat(checksum.answer().checksumHex()).isEqualTo("36ca28b097de2990");
    }

    @Test
    void theOrderOfRowsDoesNotMatterButThatOfFieldsDoes() {
        assertThat(of(new long[] {1, 2, 3}, new double[] {10, 20, 30}))
                .isEqualTo(of(new long[] {3, 1, 2}, new double[] {30, 10, 20}))
                .isNotEqualTo(of(new long[] {1, 2, 3}, new double[] {30, 10, 20}));
        assertThat(of(new long[] {1}, new double[] {Double.longBitsToDouble(2)}))
                .isNotEqualTo(of(new long[] {2}, new double[] {Double.longBitsToDouble(1)}));
    }

    @Test
    void rowsMayComeInSeveralPieces() {
        RowChecksum pieces = new RowChecksum(2);
        add(pieces, new long[] {1, 2}, new double[] {10, 20});
        add(pieces, new long[] {3}, new double[] {30});
        assertThat(pieces.answer()).isEqualTo(of(new long[] {1, 2, 3}, new double[] {10, 20, 30}));
    }

    @Test
    void chosenRowsCountAsIfTheyWereAlone() {
        RowChecksum chosen = new RowChecksum(2);
        chosen.begin(2);
        chosen.field(new long[] {9, 1, 9, 2}, new int[] {1, 3});
        chosen.field(new double[] {9, 10, 9, 20}, new int[] {1, 3});
        chosen.end();
        assertThat(chosen.answer()).isEqualTo(of(new long[] {1, 2}, new double[] {10, 20}));
    }

    @Test
    void twoEqualRowsDoNotCancelOut() {
        assertThat(of(new long[] {1, 1}, new double[] {1, 1}).checksum()).isNotZero();
    }

    private static Answer of(long[] longs, double[] doubles) {
        RowChecksum checksum = new RowChecksum(longs.length);
        add(checksum, longs, doubles);
        return checksum.answer();
    }

    private static void add(RowChecksum checksum, long[] longs, double[] doubles) {
        checksum.begin(longs.length);
        checksum.field(longs);
        checksum.field(doubles);
        checksum.end();
    }
}
