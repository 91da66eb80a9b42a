package io.rivulet.connector;

import io.rivulet.option.Option;
import io.rivulet.type.Schema;
import java.util.List;

/** Makes sources of one format. */
public interface SourceProvider {
    /** Every option its sources know. */
    List<Option<?>> options();

    /**
     * The schema its source will have; validates options, path and declared schema, and touches no more of the input
     * than that needs. Called at {@code load()}, so that bad input is refused there.
     */
    Schema schema(SourceContext context);

    /** A source; one per query and load. */
    Source open(SourceContext context);
}
