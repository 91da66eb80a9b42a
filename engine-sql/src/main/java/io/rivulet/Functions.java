package io.rivulet;

import io.rivulet.expression.Literal;
import io.rivulet.sql.logical.AllColumns;
import io.rivulet.sql.logical.CaseOf;
import io.rivulet.sql.logical.ColumnName;
import io.rivulet.sql.logical.Constant;
import io.rivulet.sql.logical.FunctionCall;
import io.rivulet.sql.logical.UnresolvedExpression;
import io.rivulet.sql.parser.SqlParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns, constants and functions, for static import. Functions without a method here are called by name:
 * {@link #call}.
 *
 * <pre>{@code
 * import static io.rivulet.Functions.*;
 * df.groupBy(window(col("ts"), "10 minutes"), col("user")).agg(count("*"), avg(col("price")).as("mean"));
 * }</pre>
 */
public final class Functions {
    private Functions() {}

    /** A column by name; {@code a.b} is a field of a struct, {@code `a b`} a name with other characters. {@code *} stands for all. */
    public static Column col(String name) {
        return new Column(name.equals("*") ? new AllColumns() : ColumnName.parse(name));
    }

    /**
     * A constant: a boxed primitive, String, byte[], BigDecimal, LocalDate, Instant (TIMESTAMP), LocalDateTime
     * (TIMESTAMP_NTZ), Period, Duration, or null.
     */
    public static Column lit(@Nullable Object value) {
        return new Column(Column.of(value));
    }

    /** An expression in SQL, e.g. {@code expr("price * 1.19 AS gross")}; {@code SYNTAX_ERROR} names line and column. */
    public static Column expr(String sql) {
        return new Column(SqlParser.expression(sql));
    }

    /** A function by name, built in, aggregate or registered with {@link Engine#udf}. */
    public static Column call(String name, Column... arguments) {
        return new Column(new FunctionCall(name, Column.expressions(Arrays.asList(arguments)), false, null));
    }

    private static Column named(String name, @Nullable Object... arguments) {
        List<UnresolvedExpression> expressions = new ArrayList<>();
        for (Object argument : arguments) {
            expressions.add(Column.of(argument));
        }
        return new Column(new FunctionCall(name, expressions, false, null));
    }

    // ---- event time

    /**
     * The tumbling window of event time that a row falls in, as STRUCT&lt;start, end&gt;: {@code [start, end)}.
     *
     * @param size e.g. {@code "10 minutes"}; no months
     */
    public static Column window(Column time, String size) {
        return named("window", time, size);
    }

    /** Windows that start every {@code slide}: a row falls in several when {@code slide} is less than {@code size}. */
    public static Column window(Column time, String size, String slide) {
        return named("window", time, size, slide);
    }

    /** Windows whose starts are shifted against the epoch, e.g. by {@code "15 minutes"}. */
    public static Column window(Column time, String size, String slide, String start) {
        return named("window", time, size, slide, start);
    }

    /** The last instant of a window: its end less one microsecond. */
    public static Column window_time(Column window) {
        return named("window_time", window);
    }

    // ---- aggregates

    /** How many rows have a value; {@code count("*")} counts all rows. */
    public static Column count(String column) {
        return count(col(column));
    }

    /** How many rows have a value. */
    public static Column count(Column column) {
        return call("count", column);
    }

    /** For how many rows a condition is true. */
    public static Column countIf(Column condition) {
        return call("count_if", condition);
    }

    /** How many different values, or combinations of values, there are; those with a null do not count. */
    public static Column count_distinct(Column value, Column... more) {
        List<Column> values = new ArrayList<>();
        values.add(value);
        values.addAll(Arrays.asList(more));
        return distinct("count", values);
    }

    /** How many different values, or combinations of values, there are, as {@link #count_distinct}. */
    public static Column countDistinct(Column value, Column... more) {
        return count_distinct(value, more);
    }

    /** How many different values, or combinations of values, there are, as {@link #count_distinct}. */
    public static Column countDistinct(String column, String... more) {
        return count_distinct(
                col(column), Arrays.stream(more).map(Functions::col).toArray(Column[]::new));
    }

    /** The sum of the different values; null when there are none. */
    public static Column sum_distinct(Column column) {
        return distinct("sum", List.of(column));
    }

    /** The sum of the different values, as {@link #sum_distinct}. */
    public static Column sumDistinct(Column column) {
        return sum_distinct(column);
    }

    private static Column distinct(String name, List<Column> values) {
        return new Column(new FunctionCall(name, Column.expressions(values), true, null));
    }

    /** About how many different values there are, in a few bytes a group, give or take 5 % (standard error). */
    public static Column approx_count_distinct(Column column) {
        return call("approx_count_distinct", column);
    }

    /** About how many different values there are, give or take 5 % (standard error). */
    public static Column approx_count_distinct(String column) {
        return approx_count_distinct(col(column));
    }

    /** About how many different values there are; {@code error} is the relative standard error, 0.005 to 0.25. */
    public static Column approx_count_distinct(Column column, double error) {
        return call("approx_count_distinct", column, lit(error));
    }

    /** All values that are not null, in the order of the rows. */
    public static Column collect_list(Column column) {
        return call("collect_list", column);
    }

    /** All values that are not null, in the order of the rows. */
    public static Column collect_list(String column) {
        return collect_list(col(column));
    }

    /** The different values that are not null, in the order in which they came first. */
    public static Column collect_set(Column column) {
        return call("collect_set", column);
    }

    /** The different values that are not null, in the order in which they came first. */
    public static Column collect_set(String column) {
        return collect_set(col(column));
    }

    /** Whether a condition is true in all rows where it is not null; null when there are none. Also {@code every}. */
    public static Column bool_and(Column condition) {
        return call("bool_and", condition);
    }

    /** Whether a condition is true in any row; null when it is null in all. Also {@code any}, {@code some}. */
    public static Column bool_or(Column condition) {
        return call("bool_or", condition);
    }

    /** The value, which may be null, of the first row with the greatest order value. */
    public static Column max_by(Column value, Column order) {
        return call("max_by", value, order);
    }

    /** The value, which may be null, of the first row with the greatest order value. */
    public static Column max_by(String value, String order) {
        return max_by(col(value), col(order));
    }

    /** The value, which may be null, of the first row with the least order value. */
    public static Column min_by(Column value, Column order) {
        return call("min_by", value, order);
    }

    /** The value, which may be null, of the first row with the least order value. */
    public static Column min_by(String value, String order) {
        return min_by(col(value), col(order));
    }

    /** The sum of the values; null when there are none. Integers sum to BIGINT, overflow is an error. */
    public static Column sum(Column column) {
        return call("sum", column);
    }

    /** The sum of the values; null when there are none. Integers sum to BIGINT, overflow is an error. */
    public static Column sum(String column) {
        return sum(col(column));
    }

    /** As {@link #sum(Column)}, but null where the sum is outside of its type. */
    public static Column try_sum(Column column) {
        return call("try_sum", column);
    }

    /** As {@link #sum(String)}, but null where the sum is outside of its type. */
    public static Column try_sum(String column) {
        return try_sum(col(column));
    }

    /** The mean of the values; null when there are none. */
    public static Column avg(Column column) {
        return call("avg", column);
    }

    /** The mean of the values; null when there are none. */
    public static Column avg(String column) {
        return avg(col(column));
    }

    /** As {@link #avg(Column)}, but null where the mean is outside of its type. */
    public static Column try_avg(Column column) {
        return call("try_avg", column);
    }

    /** As {@link #avg(String)}, but null where the mean is outside of its type. */
    public static Column try_avg(String column) {
        return try_avg(col(column));
    }

    /** The mean of the values, as {@link #avg(Column)}. */
    public static Column mean(Column column) {
        return call("mean", column);
    }

    /** The mean of the values, as {@link #avg(Column)}. */
    public static Column mean(String column) {
        return mean(col(column));
    }

    /** The least value. */
    public static Column min(Column column) {
        return call("min", column);
    }

    /** The least value. */
    public static Column min(String column) {
        return min(col(column));
    }

    /** The greatest value. */
    public static Column max(Column column) {
        return call("max", column);
    }

    /** The greatest value. */
    public static Column max(String column) {
        return max(col(column));
    }

    /** The value of the first row of the group, in the order of the input. */
    public static Column first(Column column) {
        return call("first", column);
    }

    /** The value of the first row of the group, in the order of the input. */
    public static Column first(String column) {
        return first(col(column));
    }

    /** The value of the last row of the group, in the order of the input. */
    public static Column last(Column column) {
        return call("last", column);
    }

    /** The value of the last row of the group, in the order of the input. */
    public static Column last(String column) {
        return last(col(column));
    }

    /** The sample standard deviation; null with fewer than two values. */
    public static Column stddev(Column column) {
        return call("stddev", column);
    }

    /** The sample standard deviation; null with fewer than two values. */
    public static Column stddev(String column) {
        return stddev(col(column));
    }

    /** The sample standard deviation. */
    public static Column stddev_samp(Column column) {
        return call("stddev_samp", column);
    }

    /** The sample standard deviation. */
    public static Column stddev_samp(String column) {
        return stddev_samp(col(column));
    }

    /** The standard deviation of the population. */
    public static Column stddev_pop(Column column) {
        return call("stddev_pop", column);
    }

    /** The standard deviation of the population. */
    public static Column stddev_pop(String column) {
        return stddev_pop(col(column));
    }

    /** The sample variance; null with fewer than two values. */
    public static Column variance(Column column) {
        return call("variance", column);
    }

    /** The sample variance; null with fewer than two values. */
    public static Column variance(String column) {
        return variance(col(column));
    }

    /** The sample variance. */
    public static Column var_samp(Column column) {
        return call("var_samp", column);
    }

    /** The sample variance. */
    public static Column var_samp(String column) {
        return var_samp(col(column));
    }

    /** The variance of the population. */
    public static Column var_pop(Column column) {
        return call("var_pop", column);
    }

    /** The variance of the population. */
    public static Column var_pop(String column) {
        return var_pop(col(column));
    }

    // ---- conditions

    /** {@code value} where the condition is true; go on with {@link Column#when} and {@link Column#otherwise}. */
    public static Column when(Column condition, @Nullable Object value) {
        return new Column(new CaseOf(List.of(new CaseOf.Branch(condition.expression(), Column.of(value))), null));
    }

    /** The first argument that is not null. */
    public static Column coalesce(Column... columns) {
        return call("coalesce", columns);
    }

    /** Whether a condition is false. */
    public static Column not(Column condition) {
        return condition.not();
    }

    /** Whether a value is null. */
    public static Column isnull(Column column) {
        return column.isNull();
    }

    /** The greatest of the values that are not null. */
    public static Column greatest(Column... columns) {
        return call("greatest", columns);
    }

    /** The least of the values that are not null. */
    public static Column least(Column... columns) {
        return call("least", columns);
    }

    /** A struct of the columns, each under its own name. */
    public static Column struct(Column... columns) {
        List<UnresolvedExpression> arguments = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            UnresolvedExpression expression = columns[i].expression();
            String name = expression instanceof io.rivulet.sql.logical.Alias alias
                    ? alias.name()
                    : expression instanceof ColumnName column
                            ? column.parts().get(column.parts().size() - 1)
                            : "col" + (i + 1);
            arguments.add(new Constant(Literal.of(name)));
            arguments.add(expression);
        }
        return new Column(new FunctionCall("named_struct", arguments, false, null));
    }

    // ---- text

    /** The text in lower case. */
    public static Column lower(Column text) {
        return named("lower", text);
    }

    /** The text in upper case. */
    public static Column upper(Column text) {
        return named("upper", text);
    }

    /** The text without spaces at both ends. */
    public static Column trim(Column text) {
        return named("trim", text);
    }

    /** The number of characters of a text, or of bytes of a BINARY. */
    public static Column length(Column text) {
        return named("length", text);
    }

    /** A part of a text; positions count from 1, negative ones from the end. */
    public static Column substring(Column text, int position, int length) {
        return named("substring", text, position, length);
    }

    /** The texts one after the other; null when one is null. */
    public static Column concat(Column... columns) {
        return call("concat", columns);
    }

    /** The texts with a separator between; nulls are left out. */
    public static Column concat_ws(String separator, Column... columns) {
        Column[] all = new Column[columns.length + 1];
        all[0] = lit(separator);
        System.arraycopy(columns, 0, all, 1, columns.length);
        return call("concat_ws", all);
    }

    /** The text with every match of a regular expression replaced. */
    public static Column regexp_replace(Column text, String pattern, String replacement) {
        return named("regexp_replace", text, pattern, replacement);
    }

    /** A group of the first match of a regular expression; empty when nothing matches. */
    public static Column regexp_extract(Column text, String pattern, int group) {
        return named("regexp_extract", text, pattern, group);
    }

    // ---- numbers

    /** The number without its sign. */
    public static Column abs(Column number) {
        return named("abs", number);
    }

    /** The square root. */
    public static Column sqrt(Column number) {
        return named("sqrt", number);
    }

    /** e to the power of the number. */
    public static Column exp(Column number) {
        return named("exp", number);
    }

    /** The natural logarithm; null for numbers that have none. */
    public static Column ln(Column number) {
        return named("ln", number);
    }

    /** The first to the power of the second. */
    public static Column pow(Column base, Column exponent) {
        return named("pow", base, exponent);
    }

    /** The greatest whole number that is not greater. */
    public static Column floor(Column number) {
        return named("floor", number);
    }

    /** The least whole number that is not less. */
    public static Column ceil(Column number) {
        return named("ceil", number);
    }

    /** The number rounded half up to some digits behind the point. */
    public static Column round(Column number, int digits) {
        return named("round", number, digits);
    }

    /** The remainder, never negative for a positive divisor. */
    public static Column pmod(Column dividend, Column divisor) {
        return named("pmod", dividend, divisor);
    }

    // ---- dates and times

    /** The timestamp of the batch, the same in every row. */
    public static Column current_timestamp() {
        return named("current_timestamp");
    }

    /** The date of the batch in the session time zone. */
    public static Column current_date() {
        return named("current_date");
    }

    /** The year, in the session time zone. */
    public static Column year(Column time) {
        return named("year", time);
    }

    /** The month, from 1, in the session time zone. */
    public static Column month(Column time) {
        return named("month", time);
    }

    /** The day of the month, from 1, in the session time zone. */
    public static Column dayofmonth(Column time) {
        return named("dayofmonth", time);
    }

    /** The day of the week, 1 for Sunday, in the session time zone. */
    public static Column dayofweek(Column time) {
        return named("dayofweek", time);
    }

    /** The hour, in the session time zone. */
    public static Column hour(Column time) {
        return named("hour", time);
    }

    /** The minute, in the session time zone. */
    public static Column minute(Column time) {
        return named("minute", time);
    }

    /** The second, in the session time zone. */
    public static Column second(Column time) {
        return named("second", time);
    }

    /** The time cut to a unit, e.g. {@code "hour"}. */
    public static Column date_trunc(String unit, Column time) {
        return named("date_trunc", unit, time);
    }

    /** The time as text, by a pattern of {@link java.time.format.DateTimeFormatter}. */
    public static Column date_format(Column time, String pattern) {
        return named("date_format", time, pattern);
    }

    /** The date of a time or of a text. */
    public static Column to_date(Column value) {
        return named("to_date", value);
    }

    /** The timestamp of a text. */
    public static Column to_timestamp(Column value) {
        return named("to_timestamp", value);
    }

    /** Whole seconds since the epoch. */
    public static Column unix_timestamp(Column time) {
        return named("unix_timestamp", time);
    }

    /** The timestamp so many seconds after the epoch. */
    public static Column timestamp_seconds(Column seconds) {
        return named("timestamp_seconds", seconds);
    }

    /** The timestamp so many milliseconds after the epoch. */
    public static Column timestamp_millis(Column millis) {
        return named("timestamp_millis", millis);
    }

    /** The timestamp so many microseconds after the epoch. */
    public static Column timestamp_micros(Column micros) {
        return named("timestamp_micros", micros);
    }

    // ---- hashes

    /** A 64-bit hash of the value. */
    public static Column xxhash64(Column value) {
        return named("xxhash64", value);
    }
}
