package io.rivulet.connector;

import io.rivulet.file.FileAccess;
import io.rivulet.time.Clock;
import io.rivulet.type.Schema;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a source is made from.
 *
 * @param path the argument of {@code load(path)}, or null
 * @param schema what the user declared, or null; when a batch source without one is opened, what
 *     {@link SourceProvider#schema} found out
 * @param options as given, to be read with {@code Options.parse}
 * @param directory where it may keep what it must remember across restarts ({@code <checkpoint>/sources/<id>}); null
 *     when the query has no checkpoint. Not created until the source does
 * @param streaming false for a batch query, which reads once from {@link Source#initial} to the end
 */
public record SourceContext(
        @Nullable String path,
        @Nullable Schema schema,
        Map<String, String> options,
        @Nullable Path directory,
        boolean streaming,
        ZoneId zone,
        FileAccess files,
        Clock clock) {}
