package io.rivulet.testkit;

import io.rivulet.connector.OutputMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One aggregation by the contract alone: keeps the rows of every group and gives them out as the mode says. */
final class NaiveGroups {
    /** A group that is given out: the start of its window, if there are windows, its keys, and its rows. */
    record Group(List<@Nullable Object> key, List<List<@Nullable Object>> rows) {
        long start() {
            return micros((Instant) Objects.requireNonNull(key.get(0)));
        }
    }

    static final long NO_WATERMARK = Long.MIN_VALUE;

    private final @Nullable Windows windows;
    private final boolean bySlices;
    private final OutputMode mode;
    private final Map<List<@Nullable Object>, List<List<@Nullable Object>>> groups = new LinkedHashMap<>();
    private final Set<List<@Nullable Object>> state = new LinkedHashSet<>();
    private final Set<List<@Nullable Object>> changed = new LinkedHashSet<>();
    private long late;
    private long withoutTime;

    /** @param bySlices whether a row is held once however many windows it is in */
    NaiveGroups(@Nullable Windows windows, boolean bySlices, OutputMode mode) {
        this.windows = windows;
        this.bySlices = bySlices;
        this.mode = mode;
    }

    /** Late rows so far. */
    long late() {
        return late;
    }

    /** Rows without event time so far. */
    long withoutTime() {
        return withoutTime;
    }

    /** Rows of state held. */
    int size() {
        return state.size();
    }

    /** Without any key there is always one group, also of nothing. */
    void addOneGroup() {
        if (groups.putIfAbsent(List.of(), new ArrayList<>()) == null) {
            changed.add(List.of());
            state.add(List.of());
        }
    }

    /** Takes a row; {@code lateMillis} is the watermark before the batch. */
    void add(List<@Nullable Object> row, @Nullable Long time, List<@Nullable Object> keys, long lateMillis) {
        Windows by = windows;
        if (by == null) {
            put(keys, row);
            state.add(Rows.comparable(keys));
            return;
        }
        if (time == null) {
            withoutTime++;
            return;
        }
        List<Long> open = new ArrayList<>(by.startsOf(time));
        if (mode != OutputMode.COMPLETE) {
            open.removeIf(start -> closed(start, lateMillis));
        }
        if (open.isEmpty()) {
            late++;
            return;
        }
        for (long start : open) {
            put(key(start, keys), row);
            if (!bySlices) {
                state.add(key(start, keys));
            }
        }
        if (bySlices) {
            state.add(key(by.slice(time), keys));
        }
    }

    private void put(List<@Nullable Object> key, List<@Nullable Object> row) {
        List<@Nullable Object> comparable = Rows.comparable(key);
        groups.computeIfAbsent(comparable, k -> new ArrayList<>()).add(row);
        changed.add(comparable);
    }

    private static List<@Nullable Object> key(long start, List<@Nullable Object> keys) {
        List<@Nullable Object> key = new ArrayList<>();
        key.add(Instant.EPOCH.plus(start, ChronoUnit.MICROS));
        key.addAll(keys);
        return Rows.comparable(key);
    }

    private boolean closed(long start, long watermarkMillis) {
        return watermarkMillis != NO_WATERMARK
                && Objects.requireNonNull(windows).end(start) <= watermarkMillis * 1000;
    }

    /** Ends the batch with its own watermark; gives what comes out. */
    List<Group> finish(long watermarkMillis) {
        List<Group> out = new ArrayList<>();
        groups.forEach((key, rows) -> {
            boolean given = switch (mode) {
                case COMPLETE -> true;
                case UPDATE -> changed.contains(key);
                case APPEND -> isClosed(key, watermarkMillis);
            };
            if (given) {
                out.add(new Group(key, List.copyOf(rows)));
            }
        });
        changed.clear();
        if (mode != OutputMode.COMPLETE) {
            groups.keySet().removeIf(key -> isClosed(key, watermarkMillis));
            state.removeIf(key -> bySlices ? isClosedSlice(key, watermarkMillis) : isClosed(key, watermarkMillis));
        }
        return out;
    }

    /** Every group there is, whatever the watermark. */
    List<Group> all() {
        List<Group> out = new ArrayList<>();
        groups.forEach((key, rows) -> out.add(new Group(key, List.copyOf(rows))));
        return out;
    }

    private boolean isClosed(List<@Nullable Object> key, long watermarkMillis) {
        return windows != null && closed(new Group(key, List.of()).start(), watermarkMillis);
    }

    private boolean isClosedSlice(List<@Nullable Object> key, long watermarkMillis) {
        Windows by = windows;
        if (by == null) {
            return false;
        }
        List<Long> starts = by.startsOf(new Group(key, List.of()).start());
        return closed(starts.get(starts.size() - 1), watermarkMillis);
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
