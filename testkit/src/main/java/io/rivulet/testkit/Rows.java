package io.rivulet.testkit;

import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows as tests write them: lists of Java values, compared by value. Integers of any width are equal when their values
 * are, and so are FLOAT and DOUBLE; NaN equals NaN and −0.0 equals 0.0.
 *
 * <pre>{@code
 * script.add(input, row(1, "a"), row(2, null)).expect(row("a", 1));
 * }</pre>
 */
public final class Rows {
    private Rows() {}

    /** A row of values; null for no value. */
    public static List<@Nullable Object> row(@Nullable Object... values) {
        return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(values)));
    }

    /** Rows of one value each. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> List<List<@Nullable Object>> rows(T... values) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (T value : values) {
            rows.add(row(value));
        }
        return rows;
    }

    /** Rows of one TIMESTAMP each, in seconds since the epoch. */
    public static List<List<@Nullable Object>> seconds(long... times) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long time : times) {
            rows.add(row(Instant.ofEpochSecond(time)));
        }
        return rows;
    }

    /** The rows of batches in order. */
    public static List<List<@Nullable Object>> of(List<ColumnBatch> batches) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ColumnBatch batch : batches) {
            for (int i = 0; i < batch.rowCount(); i++) {
                rows.add(batch.row(i).values());
            }
        }
        return rows;
    }

    /** A row in the form in which it is compared: integers as Long, floating numbers as Double, nested values too. */
    public static List<@Nullable Object> comparable(List<? extends @Nullable Object> row) {
        List<@Nullable Object> values = new ArrayList<>(row.size());
        for (Object value : row) {
            values.add(comparableValue(value));
        }
        return values;
    }

    /** All rows in the form in which they are compared. */
    public static List<List<@Nullable Object>> comparableAll(
            Iterable<? extends List<? extends @Nullable Object>> rows) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        rows.forEach(row -> all.add(comparable(row)));
        return all;
    }

    private static @Nullable Object comparableValue(@Nullable Object value) {
        if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float || value instanceof Double) {
            return ((Number) value).doubleValue() + 0.0; // −0.0 + 0.0 is 0.0
        }
        if (value instanceof byte[] bytes) {
            return "binary " + Arrays.toString(bytes);
        }
        if (value instanceof Row row) {
            return comparable(row.values());
        }
        if (value instanceof List<?> list) {
            return comparable(list);
        }
        return value;
    }

    /**
     * What makes two lists of rows differ, in words; null when they hold the same rows.
     *
     * @param ordered whether the order counts
     */
    static @Nullable String difference(
            List<? extends List<? extends @Nullable Object>> actual,
            List<? extends List<? extends @Nullable Object>> expected,
            boolean ordered) {
        List<List<@Nullable Object>> has = comparableAll(actual);
        List<List<@Nullable Object>> wants = comparableAll(expected);
        if (ordered ? has.equals(wants) : counts(has).equals(counts(wants))) {
            return null;
        }
        List<List<@Nullable Object>> missing = without(wants, has);
        List<List<@Nullable Object>> extra = without(has, wants);
        return "expected " + wants + "\n but was " + has
                + (missing.isEmpty() ? "" : "\n missing " + missing)
                + (extra.isEmpty() ? "" : "\n not expected " + extra)
                + (missing.isEmpty() && extra.isEmpty() ? "\n (only the order differs)" : "");
    }

    private static Map<String, Integer> counts(List<List<@Nullable Object>> rows) {
        Map<String, Integer> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(text(row), 1, Integer::sum));
        return counts;
    }

    /** A row with the classes of its values, so that the text 1 is not the number 1. */
    private static String text(List<@Nullable Object> row) {
        StringBuilder text = new StringBuilder();
        for (Object value : row) {
            text.append(value == null ? "null" : value.getClass().getSimpleName() + ':' + value)
                    .append('\u0001');
        }
        return text.toString();
    }

    private static List<List<@Nullable Object>> without(
            List<List<@Nullable Object>> rows, List<List<@Nullable Object>> others) {
        List<List<@Nullable Object>> left = new ArrayList<>(rows);
        others.forEach(left::remove);
        return left;
    }
}
