package io.rivulet.bench.workload;

/** The workloads of {@code bench windows}. */
public enum Workload {
    /** Tumbling 10 s windows by key: count, sum, avg and max of value; append mode, watermark delay 5 s. */
    W1 {
        @Override
        public PlainLoop loop(EventFill events) {
            return new WindowLoop(events);
        }

        @Override
        public long defaultEvents(long keys) {
            return keys > 100_000 ? 20_000_000 : 100_000_000;
        }
    },
    /** Rows with {@code kind = 1}, of each {@code value * 2 + key}. */
    W3 {
        @Override
        public PlainLoop loop(EventFill events) {
            return new FilterLoop(events);
        }

        @Override
        public long defaultEvents(long keys) {
            return 200_000_000;
        }
    };

    private static final long EVENTS_PER_MS = 200;

    /** The hand-written program that answers the workload. */
    public abstract PlainLoop loop(EventFill events);

    /** How many events a run takes when nobody says: a second or so of an engine's time. */
    public abstract long defaultEvents(long keys);

    /** The workload's events, 200 000 per second of event time. */
    public EventFill events(long keys) {
        return new EventFill(keys, EVENTS_PER_MS);
    }
}
