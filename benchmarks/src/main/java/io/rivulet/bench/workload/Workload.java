package io.rivulet.bench.workload;

/** The workloads of {@code bench windows}. */
public enum Workload {
    /** Tumbling 10 s windows by key: count, sum, avg and max of value; append mode, watermark delay 5 s. */
    W1(200) {
        @Override
        PlainLoop loop(Question question) {
            return new WindowLoop(question.events());
        }

        @Override
        public long defaultEvents(long keys) {
            return keys > MANY_KEYS ? 20_000_000 : 100_000_000;
        }
    },
    /** Windows of 60 s that begin every second, by key: count and sum of value; append mode, watermark delay 5 s. */
    W2(10) {
        @Override
        PlainLoop loop(Question question) {
            return new HopLoop(question.events(), question.slideMillis());
        }

        @Override
        public long defaultEvents(long keys) {
            return keys > MANY_KEYS ? 5_000_000 : 40_000_000;
        }
    },
    /** Rows with {@code kind = 1}, of each {@code value * 2 + key}. */
    W3(200) {
        @Override
        PlainLoop loop(Question question) {
            return new FilterLoop(question.events());
        }

        @Override
        public long defaultEvents(long keys) {
            return 200_000_000;
        }
    };

    private static final long MANY_KEYS = 100_000;

    private final long eventsPerMs;

    Workload(long eventsPerMs) {
        this.eventsPerMs = eventsPerMs;
    }

    abstract PlainLoop loop(Question question);

    /** How many events a run takes when nobody says: a second or so of an engine's time. */
    public abstract long defaultEvents(long keys);

    /** The workload's events, in its own density. */
    public EventFill events(long keys) {
        return new EventFill(keys, eventsPerMs);
    }
}
