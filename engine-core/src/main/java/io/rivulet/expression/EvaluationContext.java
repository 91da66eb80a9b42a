package io.rivulet.expression;

import io.rivulet.function.Bindings;
import io.rivulet.function.FunctionContext;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What expressions depend on besides their rows. The batch timestamp is set before a batch is handed to the tasks that
 * share the context and not while they run.
 */
public final class EvaluationContext {
    private final EvaluationMode mode;
    private final FunctionContext functions;
    private final Bindings bindings;
    private volatile long batchTimestampMicros;

    /**
     * A context; the batch timestamp is the epoch until it is set.
     *
     * @param zone the session time zone, for casts and calendar functions
     * @param bindings the user functions that {@link UserCall}s name
     */
    public EvaluationContext(EvaluationMode mode, ZoneId zone, Bindings bindings) {
        this.mode = mode;
        this.functions = new FunctionContext(zone);
        this.bindings = bindings;
    }

    /** A context in UTC without user functions. */
    public static EvaluationContext of(EvaluationMode mode) {
        return new EvaluationContext(mode, ZoneOffset.UTC, Bindings.EMPTY);
    }

    /** How expressions are run. */
    public EvaluationMode mode() {
        return mode;
    }

    /** What functions are given. */
    public FunctionContext functions() {
        return functions;
    }

    /** The user functions. */
    public Bindings bindings() {
        return bindings;
    }

    /** The timestamp of the batch in microseconds since the epoch: the value of {@code current_timestamp()}. */
    public long batchTimestampMicros() {
        return batchTimestampMicros;
    }

    /** Sets the timestamp of the next batch; a re-run of a batch sets the logged one. */
    public void setBatchTimestampMicros(long micros) {
        batchTimestampMicros = micros;
    }
}
