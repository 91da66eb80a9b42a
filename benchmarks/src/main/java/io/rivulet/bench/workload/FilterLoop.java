package io.rivulet.bench.workload;

/**
 * W3 by hand: rows with {@code kind = 1}, of each {@code value * 2 + key}. Two loops per array, the second over the
 * chosen rows only; the checksum is taken in the same pass, since nothing else is done with the rows.
 */
public final class FilterLoop implements PlainLoop {
    private final EventFill events;

    /** A loop over the given events. */
    public FilterLoop(EventFill events) {
        this.events = events;
    }

    @Override
    public Answer run(long count, int threads) {
        Answer total = Answer.NONE;
        for (Answer part : LoopThreads.run(
                threads,
                number -> part(
                        LoopThreads.partStart(count, threads, number),
                        LoopThreads.partStart(count, threads, number + 1)))) {
            total = total.plus(part);
        }
        return total;
    }

    private Answer part(long from, long to) {
        long[] key = new long[EventFill.ARRAY_ROWS];
        double[] value = new double[EventFill.ARRAY_ROWS];
        int[] kind = new int[EventFill.ARRAY_ROWS];
        int[] chosen = new int[EventFill.ARRAY_ROWS];
        long rows = 0;
        long sum = 0;
        for (long first = from; first < to; first += EventFill.ARRAY_ROWS) {
            int count = (int) Math.min(EventFill.ARRAY_ROWS, to - first);
            events.fill(first, count, null, key, value, kind);
            int selected = select(kind, count, chosen);
            rows += selected;
            sum += project(chosen, selected, key, value);
        }
        return new Answer(rows, sum);
    }

    /** Branch-free: the next row is always written, and kept only when it is chosen. */
    private static int select(int[] kind, int count, int[] chosen) {
        int selected = 0;
        for (int row = 0; row < count; row++) {
            chosen[selected] = row;
            selected += kind[row] == 1 ? 1 : 0;
        }
        return selected;
    }

    private static long project(int[] chosen, int selected, long[] key, double[] value) {
        long sum = 0;
        for (int i = 0; i < selected; i++) {
            int row = chosen[i];
            double projected = value[row] * 2 + key[row];
            sum += RowChecksum.chain(0, Double.doubleToRawLongBits(projected));
        }
        return sum;
    }
}
