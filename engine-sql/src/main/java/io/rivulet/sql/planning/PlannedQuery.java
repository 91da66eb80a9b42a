package io.rivulet.sql.planning;

import io.rivulet.plan.StageGraph;
import io.rivulet.sql.logical.RelationSource;
import io.rivulet.type.Schema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A query as stages, with what they refer to by name.
 *
 * @param sources by the ids the scans use, in order
 * @param fingerprint what a restart may not change, by a name people understand
 * @param schema the columns that reach the sink
 */
public record PlannedQuery(
        StageGraph graph, Map<String, RelationSource> sources, Map<String, String> fingerprint, Schema schema) {
    public PlannedQuery {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        fingerprint = Collections.unmodifiableMap(new LinkedHashMap<>(fingerprint));
    }
}
