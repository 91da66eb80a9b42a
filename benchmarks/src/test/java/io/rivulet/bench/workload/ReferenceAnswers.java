package io.rivulet.bench.workload;

import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.Map;

/** The workloads' answers, one event after the other with the collections of the JDK. */
final class ReferenceAnswers {
    private ReferenceAnswers() {}

    private record Group(long window, long key) {}

    static Answer windows(EventFill fill, long events) {
        Map<Group, DoubleSummaryStatistics> groups = new HashMap<>();
        long[] ts = new long[1];
        long[] key = new long[1];
        double[] value = new double[1];
        for (long i = 0; i < events; i++) {
            fill.fill(i, 1, ts, key, value, null);
            Group group = new Group(ts[0] - ts[0] % 10_000_000, key[0]);
            groups.computeIfAbsent(group, g -> new DoubleSummaryStatistics()).accept(value[0]);
        }
        Answer total = Answer.NONE;
        for (Map.Entry<Group, DoubleSummaryStatistics> entry : groups.entrySet()) {
            DoubleSummaryStatistics group = entry.getValue();
            total = total.plus(windowRow(
                    entry.getKey().window(), entry.getKey().key(), group.getCount(), group.getSum(), group.getMax()));
        }
        return total;
    }

    /** Each event in each of its windows. */
    static Answer hops(EventFill fill, long slideMillis, long events) {
        Map<Group, DoubleSummaryStatistics> groups = new HashMap<>();
        long[] ts = new long[1];
        long[] key = new long[1];
        double[] value = new double[1];
        long slide = slideMillis * 1000;
        for (long i = 0; i < events; i++) {
            fill.fill(i, 1, ts, key, value, null);
            for (long start = ts[0] - ts[0] % slide; start + 60_000_000 > ts[0]; start -= slide) {
                groups.computeIfAbsent(new Group(start, key[0]), g -> new DoubleSummaryStatistics())
                        .accept(value[0]);
            }
        }
        Answer total = Answer.NONE;
        for (Map.Entry<Group, DoubleSummaryStatistics> entry : groups.entrySet()) {
            total = total.plus(row(
                    entry.getKey().window(),
                    entry.getKey().key(),
                    entry.getValue().getCount(),
                    Double.doubleToLongBits(entry.getValue().getSum())));
        }
        return total;
    }

    static Answer windowRow(long window, long key, long count, double sum, double max) {
        return row(
                window,
                key,
                count,
                Double.doubleToLongBits(sum),
                Double.doubleToLongBits(sum / count),
                Double.doubleToLongBits(max));
    }

    private static Answer row(long... fields) {
        long chained = 0;
        for (long field : fields) {
            chained = EventFill.mix64(chained ^ field);
        }
        return new Answer(1, chained);
    }

    static Answer filtered(EventFill fill, long events) {
        Answer total = Answer.NONE;
        long[] key = new long[1];
        double[] value = new double[1];
        int[] kind = new int[1];
        for (long i = 0; i < events; i++) {
            fill.fill(i, 1, null, key, value, kind);
            if (kind[0] == 1) {
                total = total.plus(new Answer(1, EventFill.mix64(Double.doubleToLongBits(value[0] * 2 + key[0]))));
            }
        }
        return total;
    }
}
