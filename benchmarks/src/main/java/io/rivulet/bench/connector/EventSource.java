package io.rivulet.bench.connector;

import io.rivulet.bench.workload.EventFill;
import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.SimpleType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The events {@code 0 … count - 1} of an {@link EventFill}, made while they are read, one column batch at a time and
 * only the columns asked for. An offset is the index of the next event.
 */
final class EventSource implements Source {
    /** All columns; none is ever null. */
    static final Schema SCHEMA = Schema.of(
            Field.required("ts", SimpleType.TIMESTAMP),
            Field.required("key", SimpleType.BIGINT),
            Field.required("value", SimpleType.DOUBLE),
            Field.required("kind", SimpleType.INT));

    private static final long EVENT_BYTES = 28;

    private final EventFill events;
    private final long count;
    private final LongConsumer consumed;

    /** @param consumed told, at each commit, how many events are in committed batches */
    EventSource(EventFill events, long count, LongConsumer consumed) {
        this.events = events;
        this.count = count;
        this.consumed = consumed;
    }

    /** Events {@code from … to - 1}. */
    record Range(long from, long to) implements Split {
        @Override
        public long estimatedRows() {
            return to - from;
        }
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public String description() {
        return count + " generated events";
    }

    @Override
    public Offset initial() {
        return new Offset("0");
    }

    @Override
    public Offset latest(Offset start, ReadLimit limit) {
        long from = index(start);
        long most = Math.max(1, Math.min(limit.maxRows(), limit.maxBytes() / EVENT_BYTES));
        return new Offset(Long.toString(from + Math.min(most, count - from)));
    }

    /** Contiguous ranges of whole arrays, equal but for the last. */
    @Override
    public List<Range> splits(Offset start, Offset end, int parallelism) {
        long from = index(start);
        long to = index(end);
        long arrays = (to - from + EventFill.ARRAY_ROWS - 1) / EventFill.ARRAY_ROWS;
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            long first = from + arrays * i / parallelism * EventFill.ARRAY_ROWS;
            long behind = Math.min(to, from + arrays * (i + 1) / parallelism * EventFill.ARRAY_ROWS);
            if (first < behind) {
                ranges.add(new Range(first, behind));
            }
        }
        return ranges;
    }

    @Override
    public SplitReader reader(Split split, ReadContext context) {
        return new EventReader(events, (Range) split, context);
    }

    @Override
    public void commit(Offset end) {
        consumed.accept(index(end));
    }

    @Override
    public void stopAtAvailable() {
        // all there is was there from the start
    }

    @Override
    public void onNewData(Runnable wake) {
        // all there is was there from the start
    }

    @Override
    public void close() {
        // holds nothing
    }

    private static long index(Offset offset) {
        return Long.parseLong(offset.text());
    }
}
