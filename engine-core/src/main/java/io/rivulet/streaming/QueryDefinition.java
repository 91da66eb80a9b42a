package io.rivulet.streaming;

import io.rivulet.connector.Sink;
import io.rivulet.connector.Source;
import io.rivulet.function.Bindings;
import io.rivulet.plan.StageGraph;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A planned streaming query, ready to run.
 *
 * @param name the user's name for it, or null
 * @param graph what every batch runs
 * @param sources its sources by id, ids as the graph's scans name them
 * @param sinks its sinks by name, names as the graph's stages name them
 * @param checkpoint where it keeps its state, or null to keep nothing
 * @param fingerprint what of it a restart may not change (see {@link QueryDescription})
 * @param bindings the live objects behind its user functions
 */
public record QueryDefinition(
        @Nullable String name,
        StageGraph graph,
        Map<String, SourceOpener> sources,
        Map<String, SinkOpener> sinks,
        Trigger trigger,
        QueryOptions options,
        @Nullable Path checkpoint,
        Map<String, String> fingerprint,
        Bindings bindings) {

    /** Opens a source once the query's checkpoint is known. */
    @FunctionalInterface
    public interface SourceOpener {
        /**
         * Opens the source.
         *
         * @param directory where the source may keep what it must remember, or null
         */
        Source open(@Nullable Path directory);
    }

    /** Opens a sink once the query's id is known. */
    @FunctionalInterface
    public interface SinkOpener {
        Sink open(String queryId);
    }
}
