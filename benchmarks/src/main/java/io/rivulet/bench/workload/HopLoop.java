package io.rivulet.bench.workload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * W2 by hand: count and sum of value by sliding window and key.
 *
 * <p>Event time is cut into slices of one slide. The threads take the events in their order, a chunk at a time, number
 * each key once and add its value to the thread's own {@link Slice} by that number. When the watermark of all threads
 * has passed slices, one of the threads merges them in their order into a running sum of the window that ends with the
 * slice, gives out its rows, and takes the window's oldest slice away again (sums are exact, so nothing drifts). The
 * other threads meanwhile go on with their chunks. Slices serve again once they have left the window, so memory does not
 * grow with the number of windows.
 */
public final class HopLoop implements PlainLoop {
    /** W2's watermark delay. */
    public static final long DELAY_MICROS = 5_000_000L;

    private static final int CHUNK_ARRAYS = 16;
    private static final long CHUNK_EVENTS = (long) CHUNK_ARRAYS * EventFill.ARRAY_ROWS;

    private final EventFill events;
    private final long slideMicros;

    /** A loop over the given events; the slide divides {@link Question#WINDOW_MILLIS}. */
    public HopLoop(EventFill events, long slideMillis) {
        this.events = events;
        this.slideMicros = slideMillis * 1000;
    }

    @Override
    public Answer run(long count, int threads) {
        Windows windows = new Windows(threads, slideMicros);
        AtomicLong next = new AtomicLong();
        List<Answer> answers = LoopThreads.run(threads, number -> part(number, count, next, windows));
        Answer total = Answer.NONE;
        for (Answer answer : answers) {
            total = total.plus(answer);
        }
        return total;
    }

    private Answer part(int thread, long count, AtomicLong next, Windows windows) {
        long[] ts = new long[EventFill.ARRAY_ROWS];
        long[] key = new long[EventFill.ARRAY_ROWS];
        double[] value = new double[EventFill.ARRAY_ROWS];
        int[] numbers = new int[EventFill.ARRAY_ROWS];
        KeyNumbers keys = new KeyNumbers(windows.keys, (int) Math.min(1 << 20, events.keys()));
        Answer done = Answer.NONE;
        while (true) {
            long from = next.getAndAdd(CHUNK_EVENTS);
            long to = Math.min(count, from + CHUNK_EVENTS);
            done = done.plus(windows.finish(thread, from < count ? events.ts(from) - DELAY_MICROS : Long.MAX_VALUE));
            if (from >= count) {
                return done;
            }
            long start = 0;
            Slice slice = null;
            for (long first = from; first < to; first += EventFill.ARRAY_ROWS) {
                int rows = (int) Math.min(EventFill.ARRAY_ROWS, to - first);
                events.fill(first, rows, ts, key, value, null);
                keys.number(key, rows, numbers);
                int row = 0;
                while (row < rows) {
                    if (slice == null || outside(ts[row], start)) {
                        long index = Math.floorDiv(ts[row], slideMicros);
                        start = index * slideMicros;
                        slice = windows.slice(thread, index);
                    }
                    int end = runEnd(ts, row + 1, rows, start);
                    slice.add(numbers, value, row, end, keys.most());
                    row = end;
                }
            }
        }
    }

    private boolean outside(long ts, long sliceStart) {
        // one unsigned comparison for both bounds
        return Long.compareUnsigned(ts - sliceStart, slideMicros) >= 0;
    }

    private int runEnd(long[] ts, int from, int to, long sliceStart) {
        int row = from;
        while (row < to && !outside(ts[row], sliceStart)) {
            row++;
        }
        return row;
    }

    /** Count and sum by key number. */
    private static final class Slice {
        private int[] counts = new int[0];
        private double[] sums = new double[0];

        void add(int[] numbers, double[] value, int from, int to, int most) {
            makeRoom(most + 1);
            int[] c = counts;
            double[] s = sums;
            for (int row = from; row < to; row++) {
                int number = numbers[row];
                c[number]++;
                s[number] += value[row];
            }
        }

        void makeRoom(int keys) {
            if (counts.length < keys) {
                counts = Arrays.copyOf(counts, Math.max(keys, counts.length + (counts.length >> 3)));
                sums = Arrays.copyOf(sums, counts.length);
            }
        }

        void add(Slice other) {
            makeRoom(other.counts.length);
            add(counts, sums, other.counts, other.sums);
        }

        private static void add(int[] counts, double[] sums, int[] moreCounts, double[] moreSums) {
            int keys = moreCounts.length;
            for (int i = 0; i < keys; i++) {
                counts[i] += moreCounts[i];
            }
            for (int i = 0; i < keys; i++) {
                sums[i] += moreSums[i];
            }
        }

        void subtract(Slice other) {
            subtract(counts, sums, other.counts, other.sums);
        }

        private static void subtract(int[] counts, double[] sums, int[] lessCounts, double[] lessSums) {
            int keys = lessCounts.length;
            for (int i = 0; i < keys; i++) {
                counts[i] -= lessCounts[i];
            }
            for (int i = 0; i < keys; i++) {
                sums[i] -= lessSums[i];
            }
        }

        void clear() {
            Arrays.fill(counts, 0);
            Arrays.fill(sums, 0);
        }

        /** Checks off every key with a row as a result row of the window that begins there. */
        Answer rows(long windowStart, long[] keys) {
            long begun = RowChecksum.chain(0, windowStart);
            int[] c = counts;
            double[] s = sums;
            int end = Math.min(keys.length, c.length);
            long rows = 0;
            long sum = 0;
            for (int i = 0; i < end; i++) {
                if (c[i] != 0) {
                    long chained = RowChecksum.chain(begun, keys[i]);
                    chained = RowChecksum.chain(chained, c[i]);
                    sum += RowChecksum.chain(chained, Double.doubleToRawLongBits(s[i]));
                    rows++;
                }
            }
            return new Answer(rows, sum);
        }
    }

    /** The slices of all threads and the window that moves over them. Locked once per chunk and slice, never per row. */
    private static final class Windows {
        private static final int MOST_WAITING = 1024;
        private static final Slice NOTHING = new Slice();

        private final KeyNumbers.Shared keys = new KeyNumbers.Shared();
        private final long slideMicros;
        private final int slicesPerWindow;
        private final long[] watermarks;
        private final Map<Long, @Nullable Slice[]> open = new HashMap<>();
        private final List<Slice> spare = new ArrayList<>();
        private long lastSlice = Long.MIN_VALUE;

        /** Held by the thread that gives out windows; it owns what follows. */
        private final ReentrantLock givingOut = new ReentrantLock();

        private final ArrayDeque<Slice> window = new ArrayDeque<>();
        private final Slice running = new Slice();
        private long @Nullable [] keysByNumber;
        private long nextSlice = Long.MIN_VALUE;

        Windows(int threads, long slideMicros) {
            this.slideMicros = slideMicros;
            slicesPerWindow = (int) (Question.WINDOW_MILLIS * 1000 / slideMicros);
            watermarks = new long[threads];
            Arrays.fill(watermarks, Long.MIN_VALUE);
        }

        /** The thread's own slice, which no other thread touches before the watermark has passed it. */
        synchronized Slice slice(int thread, long index) {
            @Nullable Slice[] own = open.computeIfAbsent(index, i -> new Slice[watermarks.length]);
            Slice slice = own[thread];
            if (slice == null) {
                slice = spare.isEmpty() ? new Slice() : spare.remove(spare.size() - 1);
                own[thread] = slice;
                lastSlice = Math.max(lastSlice, index);
            }
            return slice;
        }

        /** Notes that the thread will bring no row before {@code watermark}, and gives out what all have passed. */
        Answer finish(int thread, long watermark) {
            long passed;
            int waiting;
            synchronized (this) {
                watermarks[thread] = watermark;
                passed = Arrays.stream(watermarks).min().orElse(watermark);
                waiting = open.size();
            }
            if (passed == Long.MAX_VALUE || waiting > MOST_WAITING) {
                givingOut.lock(); // nobody comes after, or those who come must not run away
            } else if (!givingOut.tryLock()) {
                return Answer.NONE;
            }
            try {
                return giveOut(passed);
            } finally {
                givingOut.unlock();
            }
        }

        private Answer giveOut(long passed) {
            Answer done = Answer.NONE;
            while (true) {
                Slice slice;
                synchronized (this) {
                    if (lastSlice == Long.MIN_VALUE) {
                        return done;
                    }
                    // the first slice is not known before it is passed: a slow thread may still open an earlier one
                    long next = nextSlice == Long.MIN_VALUE ? firstOpen() : nextSlice;
                    boolean over = passed == Long.MAX_VALUE
                            ? next >= lastSlice + slicesPerWindow
                            : (next + 1) * slideMicros > passed;
                    if (over) {
                        return done;
                    }
                    nextSlice = next;
                    slice = merged(open.remove(nextSlice));
                }
                done = done.plus(move(slice));
                nextSlice++;
            }
        }

        private long firstOpen() {
            return open.keySet().stream().mapToLong(Long::longValue).min().orElse(lastSlice);
        }

        private Slice merged(@Nullable Slice @Nullable [] slices) {
            Slice all = NOTHING;
            if (slices != null) {
                for (Slice slice : slices) {
                    if (slice != null && all == NOTHING) {
                        all = slice;
                    } else if (slice != null) {
                        all.add(slice);
                        slice.clear();
                        spare.add(slice);
                    }
                }
            }
            return all;
        }

        /** Moves the window by one slice and gives out its rows. */
        private Answer move(Slice slice) {
            running.add(slice);
            window.addLast(slice);
            long[] numbered = keys.keys(keysByNumber);
            keysByNumber = numbered;
            Answer rows = running.rows((nextSlice + 1 - slicesPerWindow) * slideMicros, numbered);
            if (window.size() == slicesPerWindow) {
                Slice left = window.removeFirst();
                running.subtract(left);
                if (left != NOTHING) {
                    left.clear();
                    synchronized (this) {
                        spare.add(left);
                    }
                }
            }
            return rows;
        }
    }
}
