package io.rivulet;

import io.rivulet.error.ErrorCode;
import io.rivulet.option.Durations;
import io.rivulet.sql.analysis.Analyser;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.UnresolvedExpression;
import io.rivulet.sql.parser.SqlParser;
import io.rivulet.time.IdleTimeout;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.Row;
import io.rivulet.vector.TableText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A table, bounded ({@link Engine#read}) or not ({@link Engine#readStream}), that is computed when it is asked for: by
 * {@link #collect}, {@link #show}, {@link #write} or {@link #writeStream}. Every method gives a new frame; names and
 * types are checked when it is called. Immutable and thread-safe.
 *
 * <pre>{@code
 * DataFrame late = flights.filter(col("delay").gt(15)).groupBy("origin").count();
 * late.sort(col("count").desc()).limit(10).show();
 * }</pre>
 */
public final class DataFrame {
    private static final int SHOWN_ROWS = 20;
    private static final int SHOWN_WIDTH = 20;

    private final Session session;
    private final LogicalPlan plan;

    DataFrame(Session session, LogicalPlan plan) {
        this.session = session;
        this.plan = plan;
    }

    LogicalPlan plan() {
        return plan;
    }

    DataFrame with(Function<Analyser, LogicalPlan> operation) {
        return new DataFrame(session, operation.apply(session.analyser()));
    }

    // ---- columns

    /** These columns, computed; aggregates without {@code groupBy} give one row over everything. */
    public DataFrame select(Column... columns) {
        List<UnresolvedExpression> expressions = Column.expressions(Arrays.asList(columns));
        return with(analyser -> analyser.select(plan, expressions));
    }

    /** These columns by name; {@code *} for all. */
    public DataFrame select(String first, String... more) {
        return select(columns(first, more));
    }

    private static Column[] columns(String first, String... more) {
        List<Column> columns = new ArrayList<>();
        columns.add(Functions.col(first));
        for (String name : more) {
            columns.add(Functions.col(name));
        }
        return columns.toArray(new Column[0]);
    }

    /** These expressions in SQL, e.g. {@code selectExpr("user", "price * 1.19 AS gross")}. */
    public DataFrame selectExpr(String... expressions) {
        List<UnresolvedExpression> parsed = new ArrayList<>();
        for (String expression : expressions) {
            parsed.addAll(SqlParser.selectItems(expression));
        }
        return with(analyser -> analyser.select(plan, parsed));
    }

    /** All columns and one more; a column of that name is replaced. */
    public DataFrame withColumn(String name, Column column) {
        return with(analyser -> analyser.withColumn(plan, name, column.expression()));
    }

    /**
     * All columns and more, computed from the columns of this frame; columns of these names are replaced. New ones stand
     * in the order of the map.
     */
    public DataFrame withColumns(Map<String, Column> columns) {
        Map<String, UnresolvedExpression> expressions = new LinkedHashMap<>();
        columns.forEach((name, column) -> expressions.put(name, column.expression()));
        return with(analyser -> analyser.withColumns(plan, expressions));
    }

    /** One column under another name; {@code UNKNOWN_COLUMN} when it is not there (Spark does nothing then). */
    public DataFrame withColumnRenamed(String from, String to) {
        return with(analyser -> analyser.rename(plan, from, to));
    }

    /** Columns under other names, from old to new; {@code UNKNOWN_COLUMN} when one is not there (Spark does nothing then). */
    public DataFrame withColumnsRenamed(Map<String, String> names) {
        return with(analyser -> analyser.rename(plan, names));
    }

    /** All columns under other names, in order. */
    public DataFrame toDF(String... names) {
        return with(analyser -> analyser.rename(plan, List.of(names)));
    }

    /** All columns but these; {@code UNKNOWN_COLUMN} when one is not there (Spark does nothing then). */
    public DataFrame drop(String... names) {
        return with(analyser -> analyser.drop(plan, List.of(names)));
    }

    // ---- rows

    /** The rows for which a condition is true. */
    public DataFrame filter(Column condition) {
        return with(analyser -> analyser.filter(plan, condition.expression()));
    }

    /** The rows for which a condition in SQL is true, e.g. {@code filter("delay > 15 AND origin = 'SFO'")}. */
    public DataFrame filter(String condition) {
        return filter(Functions.expr(condition));
    }

    /** The same as {@link #filter(Column)}. */
    public DataFrame where(Column condition) {
        return filter(condition);
    }

    /** The same as {@link #filter(String)}. */
    public DataFrame where(String condition) {
        return filter(condition);
    }

    /** What to do about nulls and NaN: leave out their rows, or put values in their place. */
    public MissingValues na() {
        return new MissingValues(this);
    }

    /**
     * Each row once: the same as grouping by all columns. Of a stream in update and complete mode; in append mode only
     * with a watermarked event time among the columns, when it is passed.
     */
    public DataFrame distinct() {
        return with(analyser -> analyser.distinct(plan));
    }

    /** The first rows; of a stream only after an aggregation in complete mode. */
    public DataFrame limit(long count) {
        return with(analyser -> analyser.limit(plan, count));
    }

    /** The rows sorted, nulls first if not said otherwise; of a stream only after an aggregation in complete mode. */
    public DataFrame sort(Column... by) {
        List<UnresolvedExpression> orderings = Column.expressions(Arrays.asList(by));
        return with(analyser -> analyser.sort(plan, orderings));
    }

    /** The rows sorted by columns, ascending. */
    public DataFrame sort(String first, String... more) {
        return sort(columns(first, more));
    }

    /** The same as {@link #sort(Column...)}. */
    public DataFrame orderBy(Column... by) {
        return sort(by);
    }

    /** The same as {@link #sort(String, String...)}. */
    public DataFrame orderBy(String first, String... more) {
        return sort(first, more);
    }

    /**
     * The rows of this frame and of another, duplicates and all. Columns belong together by position, are named as here
     * and get the type both have in common. Both are streams or both are bounded; event time stays where both sides have
     * a watermark on it, each with its own delay.
     */
    public DataFrame union(DataFrame other) {
        requireSameEngine(other);
        return with(analyser -> analyser.union(plan, other.plan));
    }

    /** The same as {@link #union}, under the name SQL gives it. */
    public DataFrame unionAll(DataFrame other) {
        return union(other);
    }

    /** As {@link #union}, but columns belong together by name; {@code UNKNOWN_COLUMN} when one side lacks one. */
    public DataFrame unionByName(DataFrame other) {
        return unionByName(other, false);
    }

    /**
     * As {@link #union}, but columns belong together by name.
     *
     * @param allowMissingColumns whether a column that one side lacks is null there
     */
    public DataFrame unionByName(DataFrame other, boolean allowMissingColumns) {
        requireSameEngine(other);
        return with(analyser -> analyser.unionByName(plan, other.plan, allowMissingColumns));
    }

    private void requireSameEngine(DataFrame other) {
        if (other.session != session) {
            throw ErrorCode.BAD_ARGUMENT.error(
                    "the two frames belong to different engines; make both with the same Engine");
        }
    }

    // ---- groups and time

    /** Groups by columns, of which one may be a {@link Functions#window}; by none for one row over everything. */
    public GroupedData groupBy(Column... by) {
        return new GroupedData(this, Column.expressions(Arrays.asList(by)));
    }

    /** Groups by columns by name. */
    public GroupedData groupBy(String first, String... more) {
        return groupBy(columns(first, more));
    }

    /** One row over everything: the same as {@code groupBy().agg(…)}. */
    public DataFrame agg(Column... results) {
        return groupBy().agg(results);
    }

    /**
     * Says which column is event time and how late rows may come: a window that ends at or before the newest event time
     * less the delay is closed. Ignored in batch queries.
     *
     * @param column a TIMESTAMP or TIMESTAMP_NTZ
     * @param delay e.g. {@code "10 seconds"}; zero is allowed
     */
    public DataFrame withWatermark(String column, String delay) {
        return withWatermark(column, delay(delay));
    }

    private static Duration delay(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw ErrorCode.SYNTAX_ERROR.error("the watermark delay '" + text + "': " + e.getMessage(), e);
        }
    }

    /** As {@link #withWatermark(String, String)}. */
    public DataFrame withWatermark(String column, Duration delay) {
        return with(analyser -> analyser.withWatermark(plan, column, delay, null));
    }

    /**
     * As {@link #withWatermark(String, String)}, for an input that may be silent: one that had no data for a time of the
     * wall clock does not hold the watermark back, and may let it go on with the wall clock.
     *
     * @param idle e.g. {@code IdleTimeout.of("1 minute").advanceOnIdle()}
     */
    public DataFrame withWatermark(String column, String delay, IdleTimeout idle) {
        return withWatermark(column, delay(delay), idle);
    }

    /** As {@link #withWatermark(String, String, IdleTimeout)}. */
    public DataFrame withWatermark(String column, Duration delay, IdleTimeout idle) {
        return with(analyser -> analyser.withWatermark(plan, column, delay, idle));
    }

    // ---- what it is

    /** The columns. */
    public Schema schema() {
        return plan.schema();
    }

    /** The names of the columns. */
    public List<String> columns() {
        return schema().names();
    }

    /** Whether it is unbounded. */
    public boolean isStreaming() {
        return plan.streaming();
    }

    /** The columns as a tree, one line each: {@code  |-- name: type (nullable = true)}. */
    public String treeString() {
        return SchemaTree.of(schema());
    }

    /** Prints {@link #treeString}. */
    public void printSchema() {
        session.print(treeString());
    }

    /** The plan as it runs: stages with their operators. A stream is shown as it runs in the first mode it can. */
    public String explain() {
        return explain("simple");
    }

    /** With {@code extended} the logical plans too. */
    public String explain(boolean extended) {
        return explain(extended ? "extended" : "simple");
    }

    /**
     * The plan as text.
     *
     * @param what {@code simple}: the stages; {@code extended}: the logical plans too; {@code codegen}: the generated
     *     Java of each stage too
     */
    public String explain(String what) {
        return new QueryExplanation(session, plan).text(what);
    }

    // ---- results of bounded tables

    /** All rows; {@code UNSUPPORTED_OPERATION} for a stream. */
    public List<Row> collect() {
        List<Row> rows = new ArrayList<>();
        for (ColumnBatch batch : collectBatches()) {
            for (int i = 0; i < batch.rowCount(); i++) {
                rows.add(batch.row(i));
            }
        }
        return rows;
    }

    /** All rows as columns; {@code UNSUPPORTED_OPERATION} for a stream. */
    public List<ColumnBatch> collectBatches() {
        return session.collect(plan);
    }

    /** The first rows. */
    public List<Row> take(long count) {
        return limit(count).collect();
    }

    /**
     * The rows as records of a class; {@code UNKNOWN_COLUMN} or {@code TYPE_MISMATCH} for a component without a fitting
     * column.
     */
    public <T extends Record> Dataset<T> as(Class<T> type) {
        return new Dataset<>(this, type);
    }

    /** How many rows there are; {@code UNSUPPORTED_OPERATION} for a stream. */
    public long count() {
        Object count = groupBy().count().collect().get(0).get(0);
        return count instanceof Long value ? value : 0;
    }

    /** Prints the first 20 rows, values cut to 20 characters. */
    public void show() {
        show(SHOWN_ROWS, SHOWN_WIDTH);
    }

    /** Prints the first rows, values cut to 20 characters. */
    public void show(int rows) {
        show(rows, SHOWN_WIDTH);
    }

    /**
     * Prints the first rows.
     *
     * @param width the most characters of a value; 0 for no limit
     */
    public void show(int rows, int width) {
        session.print(showString(rows, width));
    }

    /** What {@link #show(int, int)} prints. */
    public String showString(int rows, int width) {
        List<ColumnBatch> batches = limit(rows + 1L).collectBatches();
        return TableText.of(schema(), batches, rows, width, session.services().zone());
    }

    /** Writes the rows once; {@code UNSUPPORTED_OPERATION} for a stream. */
    public DataFrameWriter write() {
        return new DataFrameWriter(session, plan);
    }

    // ---- streams

    /** Writes the rows as they come; {@code UNSUPPORTED_OPERATION} for a bounded table. */
    public DataStreamWriter writeStream() {
        return new DataStreamWriter(session, plan);
    }

    @Override
    public String toString() {
        return "DataFrame[" + schema().ddl() + "]";
    }
}
