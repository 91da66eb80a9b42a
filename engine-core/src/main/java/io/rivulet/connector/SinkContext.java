package io.rivulet.connector;

import io.rivulet.file.FileAccess;
import io.rivulet.type.Schema;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sink is made from.
 *
 * @param queryId stable across restarts; for {@code df.write()} made anew
 * @param path the argument of {@code start(path)} or {@code save(path)}, or null
 * @param options as given, to be read with {@code Options.parse}
 * @param durable whether the query has a checkpoint
 * @param streaming false for {@code df.write()}
 */
public record SinkContext(
        String queryId,
        @Nullable String path,
        Schema schema,
        OutputMode outputMode,
        Map<String, String> options,
        boolean durable,
        boolean streaming,
        ZoneId zone,
        FileAccess files) {}
