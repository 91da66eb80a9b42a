package io.rivulet;

import io.rivulet.connector.Source;
import io.rivulet.connector.builtin.IngestBuffer;
import io.rivulet.sql.logical.RelationSource;
import io.rivulet.streaming.StreamingQueryListener;
import io.rivulet.type.Schema;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the host pushes, as an unbounded table.
 *
 * @param journaled whether its rows are journaled in the query's checkpoint
 */
record IngestRelation(IngestBuffer<?> buffer, boolean journaled) implements RelationSource {
    @Override
    public String description() {
        return buffer.description();
    }

    @Override
    public String kind() {
        return "ingest";
    }

    @Override
    public Schema schema() {
        return buffer.schema();
    }

    @Override
    public boolean streaming() {
        return true;
    }

    /** Lets go of the ingest when the query that reads it has ended. */
    StreamingQueryListener untilTheEnd() {
        return new StreamingQueryListener() {
            @Override
            public void onQueryProgress(QueryProgressEvent event) {
                // the batch's futures are completed with its commit
            }

            @Override
            public void onQueryTerminated(QueryTerminatedEvent event) {
                buffer.ended(event.exception());
            }
        };
    }

    @Override
    public Source open(@Nullable Path directory) {
        return buffer.open(journaled);
    }
}
