package io.rivulet.testkit;

import io.rivulet.testkit.RandomQuery.Aggregate;
import io.rivulet.testkit.RandomQuery.InputRow;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RandomQuery} must give out batch by batch, by the rules of the contract alone: it keeps the rows of every
 * group ({@link NaiveGroups}) and computes every aggregate anew from them.
 */
final class RowwiseEvaluator {
    /** Moves exact ties of the rounding below, such as 0.5, to one side, whatever their last bits are. */
    private static final double OFF_TIES = 1 + 3e-13;

    private final RandomQuery query;
    private final NaiveGroups first;
    private final @Nullable NaiveGroups second;
    private final long[] newest;
    private long watermarkMillis = NaiveGroups.NO_WATERMARK;

    RowwiseEvaluator(RandomQuery query) {
        this.query = query;
        this.first = new NaiveGroups(query.windowed ? query.windows : null, !query.byOrder(), query.mode);
        this.second = query.second == null ? null : new NaiveGroups(query.second.windows(), true, query.mode);
        this.newest = new long[query.inputs()];
        Arrays.fill(newest, Long.MIN_VALUE);
    }

    /** The aggregations, in the order of the plan. */
    List<NaiveGroups> operators() {
        return second == null ? List.of(first) : List.of(first, second);
    }

    /** Takes a batch, the rows of its inputs one after the other; gives what comes out. */
    List<List<@Nullable Object>> batch(List<InputRow> rows) {
        long late = watermarkMillis;
        take(rows, late);
        advance();
        List<NaiveGroups.Group> groups = first.finish(watermarkMillis);
        NaiveGroups following = second;
        if (following == null) {
            return results(groups);
        }
        follow(following, groups, late);
        return totals(following.finish(watermarkMillis));
    }

    private void take(List<InputRow> rows, long late) {
        if (isOneRow()) {
            first.addOneGroup();
        }
        for (int input = 0; input < query.inputs(); input++) {
            for (InputRow row : rows) {
                if (row.input() == input) {
                    take(input, row.values(), late);
                }
            }
        }
    }

    private void take(int input, List<@Nullable Object> row, long late) {
        Instant time = (Instant) row.get(0);
        Long micros = time == null ? null : NaiveGroups.micros(time);
        if (micros != null) {
            newest[input] = Math.max(newest[input], micros);
        }
        if (!isFilteredOut(row)) {
            first.add(row, micros, row.subList(1, 1 + query.keyTypes.size()), late);
        }
    }

    private void advance() {
        if (!query.windowed) {
            return;
        }
        long combined = query.leastWatermark ? Long.MAX_VALUE : NaiveGroups.NO_WATERMARK;
        for (int i = 0; i < newest.length; i++) {
            long own = newest[i] == Long.MIN_VALUE
                    ? NaiveGroups.NO_WATERMARK
                    : Math.floorDiv(newest[i] - query.delaysMicros[i], 1000L);
            combined = query.leastWatermark ? Math.min(combined, own) : Math.max(combined, own);
        }
        watermarkMillis = Math.max(watermarkMillis, combined);
    }

    /** A window goes on as a row whose time is the last instant in it. */
    private void follow(NaiveGroups following, List<NaiveGroups.Group> groups, long late) {
        for (NaiveGroups.Group group : groups) {
            following.add(List.of((long) group.rows().size()), query.windows.end(group.start()) - 1, List.of(), late);
        }
    }

    /** All groups of all rows, whatever the watermark: what a batch query gives. */
    static List<List<@Nullable Object>> whole(RandomQuery query) {
        RowwiseEvaluator evaluator = new RowwiseEvaluator(query);
        evaluator.take(query.rows, NaiveGroups.NO_WATERMARK);
        NaiveGroups following = evaluator.second;
        if (following == null) {
            return evaluator.results(evaluator.first.all());
        }
        evaluator.follow(following, evaluator.first.all(), NaiveGroups.NO_WATERMARK);
        return evaluator.totals(following.all());
    }

    private boolean isOneRow() {
        return !query.windowed && query.keyTypes.isEmpty();
    }

    private boolean isFilteredOut(List<@Nullable Object> row) {
        Integer v = (Integer) row.get(row.size() - 3);
        Integer below = query.filterBelow;
        return below != null && v != null && v >= below;
    }

    private List<List<@Nullable Object>> totals(List<NaiveGroups.Group> groups) {
        List<List<@Nullable Object>> totals = new ArrayList<>();
        for (NaiveGroups.Group group : groups) {
            List<@Nullable Object> total = new ArrayList<>(group.key());
            total.add((long) group.rows().size());
            total.add(group.rows().stream().mapToLong(row -> (Long) row.get(0)).sum());
            totals.add(total);
        }
        return totals;
    }

    private List<List<@Nullable Object>> results(List<NaiveGroups.Group> groups) {
        List<List<@Nullable Object>> results = new ArrayList<>();
        for (NaiveGroups.Group group : groups) {
            List<@Nullable Object> result = new ArrayList<>(group.key());
            for (Aggregate aggregate : query.aggregates) {
                result.add(aggregate(aggregate, group.rows()));
            }
            results.add(rounded(result));
        }
        return results;
    }

    private @Nullable Object aggregate(Aggregate aggregate, List<List<@Nullable Object>> rows) {
        int v = 1 + query.keyTypes.size();
        Integer bound = aggregate.atLeast();
        Predicate<List<@Nullable Object>> wanted =
                row -> bound == null || (row.get(v) instanceof Integer value && value >= bound);
        List<List<@Nullable Object>> counted = rows.stream().filter(wanted).toList();
        String column = aggregate.column();
        if (column == null) {
            return (long) counted.size();
        }
        List<@Nullable Object> all = new ArrayList<>();
        counted.forEach(row -> all.add(row.get(v + List.of("v", "w", "s").indexOf(column))));
        List<Object> present = new ArrayList<>();
        all.forEach(value -> {
            if (value != null) {
                present.add(value);
            }
        });
        return switch (aggregate.function()) {
            case "count" -> (long) present.size();
            case "count_if" -> present.stream().filter(x -> (Integer) x > 3).count();
            case "first" -> all.isEmpty() ? null : all.get(0);
            case "last" -> all.isEmpty() ? null : all.get(all.size() - 1);
            case "min" -> present.stream().min(ORDER).orElse(null);
            case "max" -> present.stream().max(ORDER).orElse(null);
            default -> present.isEmpty() ? null : numeric(aggregate.function(), column, present);
        };
    }

    private static @Nullable Object numeric(String function, String column, List<Object> present) {
        double[] values =
                present.stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray();
        double sum = Arrays.stream(values).reduce(0, Double::sum);
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        boolean sample = function.equals("stddev") || function.equals("variance");
        if (function.equals("sum")) {
            return column.equals("v") ? (Object) (long) sum : (Object) sum;
        }
        if (function.equals("avg")) {
            return mean;
        }
        if (sample && values.length == 1) {
            return null;
        }
        double variance = squares / (sample ? values.length - 1 : values.length);
        return function.startsWith("stddev") ? Math.sqrt(variance) : variance;
    }

    /** Numbers by value, −0.0 as 0.0 and NaN last; text by its bytes in UTF-8. */
    private static final Comparator<Object> ORDER = RowwiseEvaluator::compare;

    private static int compare(Object a, Object b) {
        if (a instanceof String x && b instanceof String y) {
            return Arrays.compareUnsigned(x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8));
        }
        return Double.compare(((Number) a).doubleValue() + 0.0, ((Number) b).doubleValue() + 0.0);
    }

    /** A row with its floating numbers to ten digits: deviations may differ in the last bits. */
    static List<@Nullable Object> rounded(List<? extends @Nullable Object> row) {
        List<@Nullable Object> values = Rows.comparable(row);
        values.replaceAll(value -> {
            if (!(value instanceof Double number) || number.isNaN() || number.isInfinite()) {
                return value;
            }
            return Math.abs(number) < 1e-9
                    ? (Object) 0.0
                    : (Object) new BigDecimal(number * OFF_TIES)
                            .round(new MathContext(10))
                            .doubleValue();
        });
        return values;
    }
}
