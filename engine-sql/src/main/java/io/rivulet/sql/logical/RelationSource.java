package io.rivulet.sql.logical;

import io.rivulet.connector.Source;
import io.rivulet.type.Schema;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the rows of a {@link RelationNode} come from. Two nodes with the same object read one source once. */
public interface RelationSource {
    /** What it is, for explain, e.g. {@code csv /data/in}; no secrets. */
    String description();

    /** The kind of source, which a restart may not change, e.g. {@code csv}. */
    String kind();

    /** All its columns. */
    Schema schema();

    /** Whether it is unbounded. */
    boolean streaming();

    /**
     * Opens it for one query.
     *
     * @param directory where the source may keep what it must remember, or null
     */
    Source open(@Nullable Path directory);
}
