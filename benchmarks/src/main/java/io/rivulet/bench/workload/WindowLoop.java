package io.rivulet.bench.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * W1 by hand: count, sum, avg and max of value by tumbling window and key.
 *
 * <p>The threads take the events in their order, a chunk of {@link #CHUNK_ARRAYS} arrays at a time, and each keeps a
 * {@link WindowTable} of its own per window. When the watermark of all threads has passed a window, the thread that
 * notices merges the window's tables and gives out its rows, and the tables serve later windows. So the loop is, like
 * the engine, a program that has a window's result when the window is closed, and whose memory does not grow with the
 * number of windows.
 *
 * <p>Rows are taken in runs that fall into the window of the row before; no order of the events is assumed beyond the
 * watermark delay.
 */
public final class WindowLoop implements PlainLoop {
    /** W1's window. */
    public static final long WINDOW_MICROS = 10_000_000L;

    /** W1's watermark delay. */
    public static final long DELAY_MICROS = 5_000_000L;

    private static final int CHUNK_ARRAYS = 16;
    private static final long CHUNK_EVENTS = (long) CHUNK_ARRAYS * EventFill.ARRAY_ROWS;

    private final EventFill events;

    /** A loop over the given events. */
    public WindowLoop(EventFill events) {
        this.events = events;
    }

    @Override
    public Answer run(long count, int threads) {
        Windows windows = new Windows(threads, groupsPerWindow());
        AtomicLong next = new AtomicLong();
        List<Answer> answers = LoopThreads.run(threads, number -> part(number, count, next, windows));
        Answer total = Answer.NONE;
        for (Answer answer : answers) {
            total = total.plus(answer);
        }
        return total;
    }

    private int groupsPerWindow() {
        long eventsOfWindow = events.eventsPerMs() * (WINDOW_MICROS / 1000);
        return (int) Math.min(1 << 24, Math.min(events.keys(), eventsOfWindow));
    }

    private Answer part(int thread, long count, AtomicLong next, Windows windows) {
        long[] ts = new long[EventFill.ARRAY_ROWS];
        long[] key = new long[EventFill.ARRAY_ROWS];
        double[] value = new double[EventFill.ARRAY_ROWS];
        int[] slots = new int[EventFill.ARRAY_ROWS];
        Answer done = Answer.NONE;
        while (true) {
            long from = next.getAndAdd(CHUNK_EVENTS);
            long to = Math.min(count, from + CHUNK_EVENTS);
            done = done.plus(windows.finish(thread, from < count ? events.ts(from) - DELAY_MICROS : Long.MAX_VALUE));
            if (from >= count) {
                return done;
            }
            long start = 0;
            WindowTable table = null;
            for (long first = from; first < to; first += EventFill.ARRAY_ROWS) {
                int rows = (int) Math.min(EventFill.ARRAY_ROWS, to - first);
                events.fill(first, rows, ts, key, value, null);
                int row = 0;
                while (row < rows) {
                    if (table == null || outside(ts[row], start)) {
                        start = Math.floorDiv(ts[row], WINDOW_MICROS) * WINDOW_MICROS;
                        table = windows.table(thread, start);
                    }
                    int end = runEnd(ts, row + 1, rows, start);
                    table.add(key, value, row, end, slots);
                    row = end;
                }
            }
        }
    }

    private static boolean outside(long ts, long windowStart) {
        // one unsigned comparison for both bounds
        return Long.compareUnsigned(ts - windowStart, WINDOW_MICROS) >= 0;
    }

    private static int runEnd(long[] ts, int from, int to, long windowStart) {
        int row = from;
        while (row < to && !outside(ts[row], windowStart)) {
            row++;
        }
        return row;
    }

    /** The open windows of all threads. Its lock is taken once per chunk and window, never per row. */
    private static final class Windows {
        private final int groups;
        private final long[] watermarks;
        private final List<OpenWindow> open = new ArrayList<>();
        private final List<WindowTable> spare = new ArrayList<>();

        Windows(int threads, int groups) {
            this.groups = groups;
            watermarks = new long[threads];
            Arrays.fill(watermarks, Long.MIN_VALUE);
        }

        /** The thread's own table of a window, which no other thread touches before {@link #finish} gives it away. */
        WindowTable table(int thread, long start) {
            OpenWindow window = null;
            WindowTable own = null;
            synchronized (this) {
                for (OpenWindow candidate : open) {
                    if (candidate.start == start) {
                        window = candidate;
                    }
                }
                if (window == null) {
                    window = new OpenWindow(start, watermarks.length);
                    open.add(window);
                }
                own = window.tables[thread];
                if (own == null && !spare.isEmpty()) {
                    own = spare.remove(spare.size() - 1);
                    window.tables[thread] = own;
                }
            }
            if (own == null) {
                own = new WindowTable(groups);
                synchronized (this) {
                    window.tables[thread] = own;
                }
            }
            return own;
        }

        /** Notes that the thread will bring no row before {@code watermark}, and finishes what all have passed. */
        Answer finish(int thread, long watermark) {
            List<OpenWindow> closed = close(thread, watermark);
            Answer done = Answer.NONE;
            for (OpenWindow window : closed) {
                done = done.plus(merged(window.tables).drain(window.start));
            }
            if (!closed.isEmpty()) {
                synchronized (this) {
                    for (OpenWindow window : closed) {
                        for (WindowTable table : window.tables) {
                            if (table != null) {
                                spare.add(table);
                            }
                        }
                    }
                }
            }
            return done;
        }

        private synchronized List<OpenWindow> close(int thread, long watermark) {
            watermarks[thread] = watermark;
            long passed = Arrays.stream(watermarks).min().orElse(watermark);
            List<OpenWindow> closed = new ArrayList<>();
            for (int i = open.size() - 1; i >= 0; i--) {
                if (open.get(i).start + WINDOW_MICROS <= passed) {
                    closed.add(open.remove(i));
                }
            }
            return closed;
        }

        private static WindowTable merged(@Nullable WindowTable[] tables) {
            WindowTable all = null;
            for (WindowTable table : tables) {
                if (all == null) {
                    all = table;
                } else if (table != null) {
                    all.merge(table);
                }
            }
            if (all == null) {
                throw new IllegalStateException("a window without a row");
            }
            return all;
        }
    }

    /** A window and each thread's table of it, null where the thread had no row. */
    private static final class OpenWindow {
        private final long start;
        private final @Nullable WindowTable[] tables;

        OpenWindow(long start, int threads) {
            this.start = start;
            tables = new WindowTable[threads];
        }
    }
}
