package io.rivulet.sql.planning;

import io.rivulet.connector.Source;
import io.rivulet.error.ErrorCode;
import io.rivulet.sql.analysis.Analyser;
import io.rivulet.sql.analysis.FunctionCatalog;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.RelationNode;
import io.rivulet.sql.logical.RelationSource;
import io.rivulet.sql.logical.UnresolvedExpression;
import io.rivulet.sql.parser.SqlParser;
import io.rivulet.type.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Relations that are planned and never read, and a short way to put operations on them. */
public final class Relations {
    private record Named(String description, Schema schema, boolean streaming) implements RelationSource {
        @Override
        public String kind() {
            return "test";
        }

        @Override
        public Source open(@Nullable Path directory) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error("this relation is only planned");
        }
    }

    private static final Analyser ANALYSER = new Analyser(FunctionCatalog.standard());

    private Relations() {}

    public static Analyser analyser() {
        return ANALYSER;
    }

    public static LogicalPlan stream(String ddl) {
        return RelationNode.of(new Named("events", SqlParser.schema(ddl), true));
    }

    public static LogicalPlan table(String ddl) {
        return RelationNode.of(new Named("events", SqlParser.schema(ddl), false));
    }

    public static List<UnresolvedExpression> sql(String... texts) {
        List<UnresolvedExpression> parsed = new ArrayList<>();
        for (String text : texts) {
            parsed.add(SqlParser.expression(text));
        }
        return parsed;
    }

    public static LogicalPlan select(LogicalPlan plan, String... texts) {
        return ANALYSER.select(plan, sql(texts));
    }

    public static LogicalPlan filter(LogicalPlan plan, String text) {
        return ANALYSER.filter(plan, SqlParser.expression(text));
    }
}
