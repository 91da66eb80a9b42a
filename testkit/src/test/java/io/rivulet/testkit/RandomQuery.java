package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.expr;
import static io.rivulet.Functions.sum;

import io.rivulet.Column;
import io.rivulet.DataFrame;
import io.rivulet.connector.OutputMode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random aggregation with random rows: by tumbling or sliding windows or plain keys, over one input or the union of
 * two, in append mode sometimes followed by an aggregation of its windows. Columns: {@code t} (event time),
 * {@code k0, k1, …} (keys), then the values {@code v} INT, {@code w} DOUBLE (dyadic, so that sums do not depend on their
 * order), {@code s} STRING.
 */
final class RandomQuery {
    /** An aggregate over a value column (null: over rows), of rows where v is present and not below a bound, if any. */
    record Aggregate(
            String function,
            @Nullable String column,
            @Nullable Integer atLeast) {
        Column column(int index) {
            String call =
                    function + "(" + (column == null ? "*" : function.equals("count_if") ? "v > 3" : column) + ")";
            Column aggregate = expr(call);
            Integer bound = atLeast;
            return (bound == null ? aggregate : aggregate.filterWhere(col("v").geq(bound))).as("a" + index);
        }
    }

    /** A row and the input it comes from. */
    record InputRow(int input, List<@Nullable Object> values) {}

    /** What follows the first aggregation: by larger windows of its windows, how many groups and how many rows. */
    record Second(Windows windows) {
        DataFrame over(DataFrame first) {
            return first.groupBy(windows.column("window"))
                    .agg(count("*").as("groups"), sum("a0").as("rows"))
                    .selectExpr("window.start AS start", "groups", "rows");
        }
    }

    private static final String[] KEY_TYPES = {
        "INT", "BIGINT", "STRING", "DOUBLE", "BOOLEAN", "DATE", "DECIMAL(9,2)", "SMALLINT", "DECIMAL(25,3)"
    };
    private static final String[] NUMERIC = {
        "count", "sum", "avg", "min", "max", "first", "last", "stddev", "stddev_pop", "variance", "var_pop"
    };
    private static final String[] ORDERED = {"count", "min", "max", "first", "last"};

    final boolean windowed;
    final OutputMode mode;
    final Windows windows;
    /** The watermark delay of each input. */
    final long[] delaysMicros;

    final boolean leastWatermark;
    final @Nullable Second second;
    /** Rows with v at or above this are filtered out behind the watermark; null for no filter. */
    final @Nullable Integer filterBelow;

    final List<String> keyTypes = new ArrayList<>();
    final List<Aggregate> aggregates = new ArrayList<>();
    final List<InputRow> rows = new ArrayList<>();

    /**
     * A query and its rows.
     *
     * @param late whether rows may come later than the watermark allows
     * @param ordered whether its result may depend on how the rows of two inputs are cut into batches
     */
    RandomQuery(Random random, boolean late, boolean ordered) {
        windowed = random.nextInt(4) > 0;
        mode = windowed
                ? List.of(OutputMode.APPEND, OutputMode.UPDATE, OutputMode.COMPLETE)
                        .get(random.nextInt(3))
                : random.nextBoolean() ? OutputMode.UPDATE : OutputMode.COMPLETE;
        windows = Windows.random(random, 10);
        delaysMicros = delays(random, windowed && random.nextInt(3) == 0 ? 2 : 1);
        leastWatermark = !late || random.nextBoolean(); // by the greatest, an input that is read slower is late
        second = windowed && mode == OutputMode.APPEND && random.nextInt(3) == 0
                ? new Second(Windows.random(random, 30))
                : null;
        filterBelow = random.nextInt(3) == 0 ? 6 : null;
        int keys = random.nextInt(windowed ? 4 : 3);
        for (int i = 0; i < keys; i++) {
            keyTypes.add(KEY_TYPES[random.nextInt(KEY_TYPES.length)]);
        }
        if (second != null) {
            aggregates.add(new Aggregate("count", null, null));
        }
        int count = 1 + random.nextInt(5);
        boolean byOrder = (ordered || delaysMicros.length == 1) && random.nextBoolean();
        for (int i = 0; i < count; i++) {
            aggregates.add(aggregate(random, byOrder));
        }
        rows(random, late);
    }

    private static long[] delays(Random random, int inputs) {
        long[] delays = new long[inputs];
        for (int i = 0; i < inputs; i++) {
            delays[i] = i > 0 && random.nextBoolean() ? delays[0] : 1_000_000L * random.nextInt(8);
        }
        return delays;
    }

    private static Aggregate aggregate(Random random, boolean byOrder) {
        Aggregate aggregate = aggregate(random);
        boolean orders = aggregate.function.equals("first") || aggregate.function.equals("last");
        return orders && !byOrder ? new Aggregate("max", aggregate.column, aggregate.atLeast) : aggregate;
    }

    private static Aggregate aggregate(Random random) {
        Integer bound = random.nextInt(3) == 0 ? random.nextInt(8) : null;
        return switch (random.nextInt(6)) {
            case 0 -> new Aggregate("count", null, bound);
            case 1 -> new Aggregate("count_if", "v", bound);
            case 2 -> new Aggregate(ORDERED[random.nextInt(ORDERED.length)], "s", bound);
            case 3 -> new Aggregate(NUMERIC[random.nextInt(NUMERIC.length)], "w", bound);
            default -> new Aggregate(NUMERIC[random.nextInt(NUMERIC.length)], "v", bound);
        };
    }

    private void rows(Random random, boolean late) {
        int count = 1 + random.nextInt(60);
        long newest = Instant.parse(random.nextBoolean() ? "1969-12-31T23:59:50Z" : "2024-02-29T12:00:00Z")
                        .getEpochSecond()
                * 1_000_000;
        int distinct = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            newest += random.nextInt(3_000_000);
            int input = random.nextInt(delaysMicros.length);
            long delay = delaysMicros[input];
            long most = late ? delay + 12_000_000 : delay;
            // a watermark is rounded down, so a row that lags by the delay exactly is in time
            long lag = most == 0 || random.nextBoolean() ? 0 : (long) (random.nextDouble() * (most + 1));
            List<@Nullable Object> row = new ArrayList<>();
            row.add(random.nextInt(25) == 0 ? null : Instant.EPOCH.plus(newest - lag, ChronoUnit.MICROS));
            for (String type : keyTypes) {
                row.add(random.nextInt(6) == 0 ? null : key(type, random.nextInt(distinct)));
            }
            row.add(random.nextInt(5) == 0 ? null : random.nextInt(12) - 2);
            row.add(random.nextInt(5) == 0 ? null : dyadic(random));
            row.add(
                    random.nextInt(5) == 0
                            ? null
                            : List.of("", "a", "ab", "é", "zebra, a long one", "\uD83D\uDE00")
                                    .get(random.nextInt(6)));
            rows.add(new InputRow(input, row));
        }
    }

    private static double dyadic(Random random) {
        return switch (random.nextInt(40)) {
            case 0 -> Double.NaN;
            case 1 -> -0.0;
            default -> (random.nextInt(4000) - 2000) / 16.0;
        };
    }

    private static Object key(String type, int n) {
        return switch (type) {
            case "INT" -> n * 1_000_003 - 2;
            case "SMALLINT" -> (short) (n - 2);
            case "BIGINT" -> n * 5_000_000_000L;
            case "STRING" ->
                List.of("", "x", "key", "a key that is longer than any inline form", "ü")
                        .get(n);
            case "DOUBLE" -> List.of(0.0, -0.0, Double.NaN, 1.5, -2.25).get(n);
            case "BOOLEAN" -> n % 2 == 0;
            case "DATE" -> LocalDate.ofEpochDay(n * 400L - 500);
            case "DECIMAL(9,2)" -> BigDecimal.valueOf(n * 125L - 100, 2);
            case "DECIMAL(25,3)" ->
                new BigDecimal("1234567890123456789012")
                        .add(BigDecimal.valueOf(n))
                        .setScale(3);
            default -> throw new AssertionError(type);
        };
    }

    String schema() {
        StringBuilder ddl = new StringBuilder("t TIMESTAMP");
        for (int i = 0; i < keyTypes.size(); i++) {
            ddl.append(", k").append(i).append(' ').append(keyTypes.get(i));
        }
        return ddl + ", v INT, w DOUBLE, s STRING";
    }

    /** How many inputs there are. */
    int inputs() {
        return delaysMicros.length;
    }

    /** Columns before the aggregates in its result. */
    int keyColumns() {
        return keyTypes.size() + (windowed ? 1 : 0);
    }

    /** Whether an aggregate depends on the order of rows, so that state is kept by windows and not by slices. */
    boolean byOrder() {
        return aggregates.stream().anyMatch(a -> a.function.equals("first") || a.function.equals("last"));
    }

    DataFrame over(List<DataFrame> inputs) {
        DataFrame rowsIn = watermarked(inputs.get(0), 0);
        for (int i = 1; i < inputs.size(); i++) {
            rowsIn = rowsIn.union(watermarked(inputs.get(i), i));
        }
        Integer below = filterBelow;
        if (below != null) {
            rowsIn = rowsIn.filter(col("v").isNull().or(col("v").lt(below)));
        }
        List<Column> keys = new ArrayList<>();
        List<String> results = new ArrayList<>();
        if (windowed) {
            keys.add(windows.column("t"));
            results.add("window.start AS start");
        }
        for (int i = 0; i < keyTypes.size(); i++) {
            keys.add(col("k" + i));
            results.add("k" + i);
        }
        Column[] columns = new Column[aggregates.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = aggregates.get(i).column(i);
            results.add("a" + i);
        }
        DataFrame aggregated = rowsIn.groupBy(keys.toArray(new Column[0])).agg(columns);
        return second == null ? aggregated.selectExpr(results.toArray(new String[0])) : second.over(aggregated);
    }

    private DataFrame watermarked(DataFrame input, int number) {
        return windowed ? input.withWatermark("t", Duration.of(delaysMicros[number], ChronoUnit.MICROS)) : input;
    }

    @Override
    public String toString() {
        return (windowed ? windows + ", delays " + Arrays.toString(delaysMicros) + " µs, " : "")
                + (inputs() > 1 ? (leastWatermark ? "min" : "max") + " policy, " : "")
                + mode + ", keys " + keyTypes + ", " + aggregates + ", filter below " + filterBelow
                + (second == null ? "" : ", then " + second) + ", " + rows.size() + " rows";
    }
}
