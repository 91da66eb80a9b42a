package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.window;

import io.rivulet.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Windows by their definition, in microseconds: all {@code [offset + k * slide, offset + k * slide + size)}. */
record Windows(long size, long slide, long offset) {
    /** Tumbling or sliding, with or without an offset; sizes of whole half seconds, slides of quarters. */
    static Windows random(Random random, int mostSeconds) {
        long size = 500_000L * (1 + random.nextInt(2 * mostSeconds));
        long slide = random.nextBoolean() ? size : 250_000L * (1 + random.nextInt((int) (size / 250_000)));
        long offset = random.nextInt(3) > 0 ? 0 : random.nextLong(1 - slide, slide);
        return new Windows(size, slide, offset);
    }

    Column column(String time) {
        return window(col(time), text(size), text(slide), text(offset));
    }

    private static String text(long micros) {
        return micros + " microseconds";
    }

    long end(long start) {
        return start + size;
    }

    /** The starts of the windows that hold a time, ascending. */
    List<Long> startsOf(long time) {
        List<Long> starts = new ArrayList<>();
        long last = time - Math.floorMod(time - offset, slide);
        for (long start = last; start > time - size; start -= slide) {
            starts.add(0, start);
        }
        return starts;
    }

    /** The piece of time a row shares with all rows that are in the same windows: its start. */
    long slice(long time) {
        TreeSet<Long> cuts = new TreeSet<>();
        for (long start : startsOf(time)) {
            cuts.add(start);
        }
        long before = time - Math.floorMod(time - offset - size, slide); // the last end of a window
        cuts.add(before);
        return cuts.last();
    }
}
