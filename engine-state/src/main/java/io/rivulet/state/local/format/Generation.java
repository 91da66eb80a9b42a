package io.rivulet.state.local.format;

/**
 * How the rows of all tables are spread over partitions, from a version on.
 *
 * @param number counts up from 0
 * @param partitions the number of partitions
 * @param firstVersion the state version it begins with
 * @param hashId the {@code KeyHash} that spreads them
 */
public record Generation(int number, int partitions, long firstVersion, int hashId) {
    void write(FrameBuffer out) {
        out.putVarint(number);
        out.putVarint(partitions);
        out.putVarint(firstVersion);
        out.putVarint(hashId);
    }

    static Generation read(ByteReader in) {
        return new Generation(
                in.getCount(Integer.MAX_VALUE),
                in.getCount(Integer.MAX_VALUE),
                in.getVarint(),
                in.getCount(Integer.MAX_VALUE));
    }
}
