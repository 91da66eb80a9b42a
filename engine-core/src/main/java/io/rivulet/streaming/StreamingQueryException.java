package io.rivulet.streaming;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import org.jspecify.annotations.Nullable;

/** Why a streaming query has ended: the failure, with the query and the batch it happened in. */
public final class StreamingQueryException extends RivuletException {
    private static final long serialVersionUID = 1L;

    private final String queryId;
    private final long batchId;
    private final @Nullable String startOffsets;
    private final @Nullable String endOffsets;

    /** @param plan the batch that failed, or null when none was running */
    StreamingQueryException(
            ErrorCode code, String message, String queryId, @Nullable BatchPlan plan, @Nullable Throwable cause) {
        super(code, message, cause);
        this.queryId = queryId;
        this.batchId = plan == null ? -1 : plan.batchId();
        this.startOffsets = plan == null ? null : offsets(plan, true);
        this.endOffsets = plan == null ? null : offsets(plan, false);
    }

    static StreamingQueryException of(
            Throwable cause, String queryId, @Nullable String name, @Nullable BatchPlan plan) {
        ErrorCode code = cause instanceof RivuletException e ? e.code() : ErrorCode.INTERNAL;
        String text = cause instanceof RivuletException
                ? String.valueOf(cause.getMessage()).replaceFirst("^\\[[A-Z_]+] ", "")
                : cause.toString();
        String where = "query " + (name == null ? queryId : "'" + name + "' (" + queryId + ")")
                + (plan == null
                        ? ""
                        : ", batch " + plan.batchId() + ", offsets " + offsets(plan, true) + " to "
                                + offsets(plan, false));
        return new StreamingQueryException(code, text + " [" + where + "]", queryId, plan, cause);
    }

    private static String offsets(BatchPlan plan, boolean start) {
        StringBuilder text = new StringBuilder("{");
        plan.sources()
                .forEach((id, range) -> text.append(text.length() > 1 ? ", " : "")
                        .append(id)
                        .append(": ")
                        .append(start ? range.start() : range.end()));
        return text.append('}').toString();
    }

    /** The id of the query. */
    public String queryId() {
        return queryId;
    }

    /** The batch that failed, or -1 when none was running. */
    public long batchId() {
        return batchId;
    }

    /** The start offsets of that batch by source id, as text; null when no batch was running. */
    public @Nullable String startOffsets() {
        return startOffsets;
    }

    /** The end offsets of that batch by source id, as text; null when no batch was running. */
    public @Nullable String endOffsets() {
        return endOffsets;
    }
}
