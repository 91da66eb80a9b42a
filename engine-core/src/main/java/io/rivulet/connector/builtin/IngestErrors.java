package io.rivulet.connector.builtin;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;

/** What an ingest says when it does not take a record. */
final class IngestErrors {
    private IngestErrors() {}

    static RivuletException full(
            String ingest, String howLong, long rows, long bytes, IngestLimits limits, boolean attached) {
        return ErrorCode.BUFFER_FULL.error(ingest + " has been full" + howLong + ": " + rows + " rows and " + bytes
                + " bytes wait to be committed, its capacity is " + limits.rows() + " rows and " + limits.bytes()
                + " bytes. "
                + (attached
                        ? "The query does not keep up; push more slowly, or raise the capacity"
                        : "No query reads it; start one"));
    }

    static RivuletException tooLarge(String ingest, int count, long size, IngestLimits limits) {
        return ErrorCode.BAD_ARGUMENT.error(count + " record" + (count == 1 ? "" : "s") + " of " + size
                + " bytes will never fit into " + ingest + ", whose capacity is " + limits.rows() + " rows and "
                + limits.bytes() + " bytes; raise it, or push fewer at once");
    }

    static RivuletException descending(String ingest, long position, long reached) {
        return ErrorCode.BAD_ARGUMENT.error(
                "the position " + position + " was pushed to " + ingest + " behind position "
                        + reached + "; positions must ascend, so push them from one thread at a time, beginning behind"
                        + " committedPosition() when the host sends again");
    }

    /** The same failure, with how much of a list was taken before. */
    static RivuletException partly(RivuletException e, int done, int count) {
        return e.code()
                .error(
                        String.valueOf(e.getMessage()).replaceFirst("^\\[[A-Z_]+] ", "") + " (the first " + done
                                + " of " + count + " records were taken before)",
                        e);
    }
}
