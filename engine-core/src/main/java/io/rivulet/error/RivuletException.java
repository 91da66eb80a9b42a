package io.rivulet.error;

import org.jspecify.annotations.Nullable;

/**
 * Every failure that Rivulet reports. The message starts with the code in brackets, then names the thing, the place
 * and the way out.
 */
public class RivuletException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** @param message what went wrong, where, and what to do about it; without the code, which is put in front */
    public RivuletException(ErrorCode code, String message, @Nullable Throwable cause) {
        super("[" + code + "] " + message, cause);
        this.code = code;
    }

    /** The stable code. */
    public ErrorCode code() {
        return code;
    }
}
