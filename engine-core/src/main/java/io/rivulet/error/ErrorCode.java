package io.rivulet.error;

import org.jspecify.annotations.Nullable;

/**
 * The stable codes of everything that can go wrong. A code says who can act on it and whether another attempt of the
 * same batch may succeed. Codes are never renamed; the reference page {@code docs/reference/errors.md} is tested
 * against this enum.
 */
public enum ErrorCode {
    // ---- the person who wrote the query
    UNKNOWN_OPTION(Blame.USER, "An option name that nobody knows."),
    BAD_OPTION(Blame.USER, "An option value of the wrong form or outside its range."),
    UNKNOWN_FORMAT(Blame.USER, "No connector of that name is on the class path."),
    UNKNOWN_COLUMN(Blame.USER, "A column name that the input does not have, or has twice."),
    UNKNOWN_FUNCTION(Blame.USER, "A function name that nobody registered."),
    TYPE_MISMATCH(Blame.USER, "An expression over types it is not defined for."),
    SYNTAX_ERROR(Blame.USER, "Text that is no expression, type or duration."),
    BAD_SCHEMA(Blame.USER, "A schema that cannot be: doubled names, types that are not supported there."),
    UNSUPPORTED_OPERATION(Blame.USER, "A query shape that the engine refuses at planning time."),
    UNSUPPORTED_MODE(Blame.USER, "An output mode the query shape cannot run in."),
    QUERY_NAME_IN_USE(Blame.USER, "Two running queries of one engine with the same name."),
    BAD_STATE(Blame.USER, "A call on something that is closed, stopped or not started."),
    QUERY_CHANGED(Blame.USER, "The query differs from the one the checkpoint was written by."),
    QUERY_COMPLETE(Blame.USER, "The checkpoint belongs to a query that was flushed at its end."),
    USER_CODE(Blame.USER, "A function, listener or sink of the user threw."),
    PATH_NOT_FOUND(Blame.USER, "A path that does not exist or cannot be read."),
    // ---- the data
    MALFORMED_ROW(Blame.DATA, "An input row that does not fit its schema."),
    MALFORMED_FILE(Blame.DATA, "An input file that is damaged as a whole, for example cut-off gzip data."),
    HEADER_MISMATCH(Blame.DATA, "The header of a file does not name the declared columns."),
    ARITHMETIC_OVERFLOW(Blame.DATA, "A result outside the range of its type."),
    DIVIDE_BY_ZERO(Blame.DATA, "A division by zero."),
    BAD_CAST(Blame.DATA, "A value that cannot be cast to the wanted type."),
    BAD_ARGUMENT(Blame.DATA, "A function argument outside the function's domain."),
    SOURCE_DATA_CHANGED(Blame.DATA, "Input that was planned into a batch has changed since."),
    SOURCE_DATA_MISSING(Blame.DATA, "Input that was planned into a batch is gone."),
    // ---- the surroundings
    MEMORY_LIMIT(Blame.ENVIRONMENT, "A batch or table needs more than the memory pool holds."),
    BUFFER_FULL(Blame.ENVIRONMENT, "An ingest holds as many records as it may, and the query does not keep up."),
    IO_ERROR(Blame.ENVIRONMENT, "A file operation failed.", true),
    CONNECTION_FAILED(Blame.ENVIRONMENT, "A peer on the network cannot be reached, or has closed the connection."),
    NO_SPACE(Blame.ENVIRONMENT, "The disk is full."),
    CHECKPOINT_LOCKED(Blame.ENVIRONMENT, "Another process or query uses the checkpoint or output directory."),
    CHECKPOINT_FOREIGN(Blame.ENVIRONMENT, "The checkpoint directory holds files that are not a checkpoint."),
    CHECKPOINT_CORRUPT(Blame.ENVIRONMENT, "A file of a checkpoint or output directory is damaged."),
    CHECKPOINT_VERSION(Blame.ENVIRONMENT, "A file was written by a format version that this build does not read."),
    SINK_CONFLICT(Blame.ENVIRONMENT, "The output directory or table belongs to another query."),
    INTERRUPTED(Blame.ENVIRONMENT, "The thread was interrupted while it waited."),
    // ---- the engine
    INTERNAL(Blame.BUG, "A broken promise inside the engine; please report it.");

    /** Who can act on an error. */
    public enum Blame {
        USER,
        DATA,
        ENVIRONMENT,
        BUG
    }

    private final Blame blame;
    private final boolean retryable;
    private final String meaning;

    ErrorCode(Blame blame, String meaning) {
        this(blame, meaning, false);
    }

    ErrorCode(Blame blame, String meaning, boolean retryable) {
        this.blame = blame;
        this.meaning = meaning;
        this.retryable = retryable;
    }

    /** Who can act on it. */
    public Blame blame() {
        return blame;
    }

    /** Whether another attempt of the same batch may succeed without anyone doing anything. */
    public boolean retryable() {
        return retryable;
    }

    /** One sentence for the reference page. */
    public String meaning() {
        return meaning;
    }

    /** A new exception of this code; the message names the thing, the place and the way out. */
    public RivuletException error(String message) {
        return new RivuletException(this, message, null);
    }

    /** A new exception of this code with the failure that led to it. */
    public RivuletException error(String message, @Nullable Throwable cause) {
        return new RivuletException(this, message, cause);
    }
}
