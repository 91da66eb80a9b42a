package io.rivulet.testkit;

import io.rivulet.connector.OutputMode;
import io.rivulet.testkit.RandomQuery.Aggregate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RandomQuery} must give out batch by batch, by the rules of the contract alone: it keeps the rows of every
 * group and computes every aggregate anew from them.
 */
final class RowwiseEvaluator {
    /** Moves exact ties of the rounding below, such as 0.5, to one side, whatever their last bits are. */
    private static final double OFF_TIES = 1 + 3e-13;

    private final RandomQuery query;
    private final Map<List<@Nullable Object>, List<List<@Nullable Object>>> groups = new LinkedHashMap<>();
    private final Set<List<@Nullable Object>> slices = new LinkedHashSet<>();
    private long watermarkMillis = Long.MIN_VALUE;
    private long newest = Long.MIN_VALUE;
    private long late;
    private long withoutTime;

    RowwiseEvaluator(RandomQuery query) {
        this.query = query;
    }

    /** Late rows so far. */
    long late() {
        return late;
    }

    /** Rows without event time so far. */
    long withoutTime() {
        return withoutTime;
    }

    /** Groups held, by slice where windows are put together from slices. */
    int size() {
        return query.sliced() ? slices.size() : groups.size();
    }

    /** Takes a batch; gives what comes out. */
    List<List<@Nullable Object>> batch(List<List<@Nullable Object>> rows) {
        boolean filters = query.windowed && query.mode != OutputMode.COMPLETE;
        Set<List<@Nullable Object>> changed = new LinkedHashSet<>();
        if (isOneRow() && groups.putIfAbsent(List.of(), new ArrayList<>()) == null) {
            changed.add(List.of());
        }
        for (List<@Nullable Object> row : rows) {
            Long time = micros(row.get(0));
            if (time != null) {
                newest = Math.max(newest, time);
            }
            if (isFilteredOut(row)) {
                continue;
            }
            if (query.windowed && time == null) {
                withoutTime++;
                continue;
            }
            boolean taken = false;
            for (Long start : starts(time)) {
                if (filters && closed(start + query.windowMicros)) {
                    continue;
                }
                List<@Nullable Object> key = key(row, start);
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
                changed.add(key);
                taken = true;
            }
            if (!taken) {
                late++;
            } else if (query.sliced()) {
                slices.add(key(row, slice(Objects.requireNonNullElse(time, 0L))));
            }
        }
        if (query.windowed && newest != Long.MIN_VALUE) {
            watermarkMillis = Math.max(watermarkMillis, Math.floorDiv(newest - query.delayMicros, 1000L));
        }
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (Map.Entry<List<@Nullable Object>, List<List<@Nullable Object>>> group : groups.entrySet()) {
            boolean given = query.mode == OutputMode.COMPLETE
                    || (query.mode == OutputMode.UPDATE ? changed.contains(group.getKey()) : isClosed(group.getKey()));
            if (given) {
                out.add(result(group.getKey(), group.getValue()));
            }
        }
        if (filters) {
            groups.keySet().removeIf(this::isClosed);
            slices.removeIf(slice -> {
                List<Long> windows = starts(micros(slice.get(0)));
                return windows.stream().allMatch(start -> closed(start + query.windowMicros));
            });
        }
        return out;
    }

    /** All groups of all rows, whatever the watermark: what a batch query gives. */
    static List<List<@Nullable Object>> whole(RandomQuery query) {
        RowwiseEvaluator evaluator = new RowwiseEvaluator(query);
        List<List<@Nullable Object>> out = new ArrayList<>();
        if (evaluator.isOneRow()) {
            evaluator.groups.put(List.of(), new ArrayList<>());
        }
        for (List<@Nullable Object> row : query.rows) {
            Long time = micros(row.get(0));
            if (!evaluator.isFilteredOut(row) && !(query.windowed && time == null)) {
                for (Long start : evaluator.starts(time)) {
                    evaluator
                            .groups
                            .computeIfAbsent(evaluator.key(row, start), k -> new ArrayList<>())
                            .add(row);
                }
            }
        }
        evaluator.groups.forEach((key, rows) -> out.add(evaluator.result(key, rows)));
        return out;
    }

    /** Without any key there is always one row, also over nothing. */
    private boolean isOneRow() {
        return !query.windowed && query.keyTypes.isEmpty();
    }

    private boolean isFilteredOut(List<@Nullable Object> row) {
        Integer v = (Integer) row.get(row.size() - 3);
        Integer below = query.filterBelow;
        return below != null && v != null && v >= below;
    }

    private static @Nullable Long micros(@Nullable Object time) {
        return time == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) time);
    }

    /** The starts of the windows that hold a time, earliest first; without windows one start that says nothing. */
    private List<Long> starts(@Nullable Long time) {
        if (!query.windowed || time == null) {
            return List.of(0L);
        }
        List<Long> starts = new ArrayList<>();
        long start = time - Math.floorMod(time - query.offsetMicros, query.slideMicros);
        for (; start > time - query.windowMicros; start -= query.slideMicros) {
            starts.add(0, start);
        }
        return starts;
    }

    /** The latest start or end of a window that is not after a time. */
    private long slice(long time) {
        long end = query.offsetMicros + query.windowMicros;
        return time
                - Math.min(
                        Math.floorMod(time - query.offsetMicros, query.slideMicros),
                        Math.floorMod(time - end, query.slideMicros));
    }

    private boolean closed(long endMicros) {
        return watermarkMillis != Long.MIN_VALUE && endMicros <= watermarkMillis * 1000;
    }

    private boolean isClosed(List<@Nullable Object> key) {
        return query.windowed && closed(Objects.requireNonNull(micros(key.get(0))) + query.windowMicros);
    }

    private List<@Nullable Object> key(List<@Nullable Object> row, long start) {
        List<@Nullable Object> key = new ArrayList<>();
        if (query.windowed) {
            key.add(Instant.EPOCH.plus(start, ChronoUnit.MICROS));
        }
        key.addAll(row.subList(1, 1 + query.keyTypes.size()));
        return Rows.comparable(key);
    }

    private List<@Nullable Object> result(List<@Nullable Object> key, List<List<@Nullable Object>> rows) {
        List<@Nullable Object> result = new ArrayList<>(key);
        for (Aggregate aggregate : query.aggregates) {
            result.add(aggregate(aggregate, rows));
        }
        return rounded(result);
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
