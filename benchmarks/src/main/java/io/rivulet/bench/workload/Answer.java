package io.rivulet.bench.workload;

import java.util.Locale;

/**
 * What a run answered: enough to tell a right result from a wrong one.
 *
 * @param rows how many result rows
 * @param checksum the sum of {@link RowChecksum} over them
 */
public record Answer(long rows, long checksum) {
    /** No rows. */
    public static final Answer NONE = new Answer(0, 0);

    /** The answer of both parts together. */
    public Answer plus(Answer other) {
        return new Answer(rows + other.rows, checksum + other.checksum);
    }

    /** The checksum as 16 hexadecimal digits. */
    public String checksumHex() {
        return String.format(Locale.ROOT, "%016x", checksum);
    }
}
