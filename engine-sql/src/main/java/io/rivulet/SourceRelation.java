package io.rivulet;

import io.rivulet.connector.Source;
import io.rivulet.connector.SourceContext;
import io.rivulet.connector.SourceProvider;
import io.rivulet.sql.logical.RelationSource;
import io.rivulet.type.Schema;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A source by its connector or by its object. */
final class SourceRelation implements RelationSource {
    /** Opens the source for a query. */
    private interface Opener {
        Source open(@Nullable Path directory);
    }

    private final String description;
    private final String kind;
    private final Schema schema;
    private final boolean streaming;
    private final Opener opener;

    private SourceRelation(String description, String kind, Schema schema, boolean streaming, Opener opener) {
        this.description = description;
        this.kind = kind;
        this.schema = schema;
        this.streaming = streaming;
        this.opener = opener;
    }

    /** A source that its connector opens for every query. Options, path and schema are checked now. */
    static SourceRelation of(String format, SourceProvider provider, SourceContext context) {
        String path = context.path();
        Schema found = provider.schema(context);
        // what was found out at load is what the plan is made for, so the source must not find out anew
        Schema schema = context.streaming() || context.schema() != null ? context.schema() : found;
        return new SourceRelation(
                path == null ? format : format + " " + path,
                format,
                found,
                context.streaming(),
                directory -> provider.open(new SourceContext(
                        context.path(),
                        schema,
                        context.options(),
                        directory,
                        context.streaming(),
                        context.zone(),
                        context.files(),
                        context.clock())));
    }

    /** A source that is there already. */
    static SourceRelation of(Source source, boolean streaming) {
        return new SourceRelation(
                source.description(), "source object", source.schema(), streaming, directory -> source);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean streaming() {
        return streaming;
    }

    @Override
    public Source open(@Nullable Path directory) {
        return opener.open(directory);
    }
}
