package io.rivulet.function;

import java.time.ZoneId;
import java.time.ZoneOffset;

/** What functions may depend on besides their arguments: the session time zone. */
public record FunctionContext(ZoneId zone) {
    /** UTC. */
    public static final FunctionContext UTC = new FunctionContext(ZoneOffset.UTC);

    public FunctionContext {
        zone = zone.normalized();
    }

    /** Whether the session zone is UTC, which calendar arithmetic has a shorter way for. */
    public boolean isUtc() {
        return zone.equals(ZoneOffset.UTC);
    }
}
