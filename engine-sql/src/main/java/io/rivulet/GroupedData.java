package io.rivulet;

import io.rivulet.sql.logical.UnresolvedExpression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The groups of {@link DataFrame#groupBy}: say what to compute of each. Immutable. */
public final class GroupedData {
    private final DataFrame frame;
    private final List<UnresolvedExpression> groupings;

    GroupedData(DataFrame frame, List<UnresolvedExpression> groupings) {
        this.frame = frame;
        this.groupings = groupings;
    }

    /**
     * The groupings, then one column per expression; expressions are made of aggregates, groupings and constants.
     *
     * <pre>{@code
     * df.groupBy("user").agg(sum("price").divide(count("*")).as("mean"), max("ts"))
     * }</pre>
     */
    public DataFrame agg(Column... results) {
        List<UnresolvedExpression> expressions = Column.expressions(Arrays.asList(results));
        return frame.with(analyser -> analyser.aggregate(frame.plan(), groupings, expressions));
    }

    /** The groupings and the number of rows, as {@code count}. */
    public DataFrame count() {
        return agg(Functions.count("*").as("count"));
    }

    /** The sums of columns, each as {@code sum(name)}. */
    public DataFrame sum(String... columns) {
        return each(columns, Functions::sum);
    }

    /** The means of columns, each as {@code avg(name)}. */
    public DataFrame avg(String... columns) {
        return each(columns, Functions::avg);
    }

    /** The means of columns, each as {@code avg(name)}. */
    public DataFrame mean(String... columns) {
        return avg(columns);
    }

    /** The least values of columns, each as {@code min(name)}. */
    public DataFrame min(String... columns) {
        return each(columns, Functions::min);
    }

    /** The greatest values of columns, each as {@code max(name)}. */
    public DataFrame max(String... columns) {
        return each(columns, Functions::max);
    }

    private DataFrame each(String[] columns, Function<String, Column> aggregate) {
        List<Column> results = new ArrayList<>();
        for (String column : columns) {
            results.add(aggregate.apply(column));
        }
        return agg(results.toArray(new Column[0]));
    }
}
