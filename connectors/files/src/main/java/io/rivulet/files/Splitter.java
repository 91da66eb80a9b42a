package io.rivulet.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a range of files into splits: at least one per file, and more of a file that is large for one task and not
 * compressed.
 */
final class Splitter {
    private static final long SMALLEST = 1 << 17;
    /** Splits per task, so that tasks come out even. */
    private static final int PER_TASK = 2;
    /** A guess, where records were not counted. */
    private static final long BYTES_PER_ROW = 40;
    /** A guess: bytes that a byte of gzip stands for. */
    private static final long COMPRESSION = 4;

    private Splitter() {}

    static List<FileSplit> split(
            FileFormat format, FileList list, BatchPlan plan, FileOffset start, FileOffset end, int parallelism) {
        long total = 0;
        for (int i = start.file(); i <= end.file() && i < list.size(); i++) {
            if (!list.get(i).compressed()) {
                total += to(list, end, i) - from(start, i);
            }
        }
        long target = Math.max(SMALLEST, total / ((long) parallelism * PER_TASK));
        List<FileSplit> splits = new ArrayList<>();
        for (int i = start.file(); i <= end.file(); i++) {
            long from = from(start, i);
            long to = to(list, end, i);
            if (to > from) {
                long line = i == start.file() ? start.line() : 1;
                if (format.wholeFiles()) {
                    splits.add(of(list.get(i), new BatchPlan.Mark(0, 1, 0), to, 1));
                    continue;
                }
                if (list.get(i).compressed()) {
                    splits.add(whole(list.get(i), plan.stretch(i), from, to, line));
                    continue;
                }
                cut(format, list.get(i), plan.stretch(i), from, to, line, parallelism > 1 ? target : to, splits);
            }
        }
        return splits;
    }

    private static long from(FileOffset start, int file) {
        return file == start.file() ? start.position() : 0;
    }

    private static long to(FileList list, FileOffset end, int file) {
        return file == end.file() ? end.position() : list.get(file).dataEnd();
    }

    private static FileSplit whole(FileEntry entry, BatchPlan.@Nullable Stretch known, long from, long to, long line) {
        long rows = known == null ? entry.size() * COMPRESSION / BYTES_PER_ROW : known.rows();
        return of(entry, new BatchPlan.Mark(from, line, 0), to, rows);
    }

    private static void cut(
            FileFormat format,
            FileEntry entry,
            BatchPlan.@Nullable Stretch known,
            long from,
            long to,
            long line,
            long target,
            List<FileSplit> splits) {
        BatchPlan.Stretch stretch = known;
        if (stretch == null) {
            stretch = to - from > target + SMALLEST
                    ? marks(format, entry, from, to, line, target)
                    : new BatchPlan.Stretch(List.of(), Math.max(1, (to - from) / BYTES_PER_ROW));
        }
        BatchPlan.Mark begin = new BatchPlan.Mark(from, line, 0);
        for (BatchPlan.Mark mark : stretch.marks()) {
            if (mark.position() - begin.position() >= target) {
                splits.add(of(entry, begin, mark.position(), mark.rows()));
                begin = mark;
            }
        }
        splits.add(of(entry, begin, to, stretch.rows()));
    }

    private static FileSplit of(FileEntry entry, BatchPlan.Mark begin, long to, long rowsBefore) {
        return new FileSplit(entry, begin.position(), to, begin.line(), Math.max(1, rowsBefore - begin.rows()));
    }

    private static BatchPlan.Stretch marks(
            FileFormat format, FileEntry entry, long from, long to, long line, long target) {
        List<BatchPlan.Mark> marks = new ArrayList<>();
        long rows = 0;
        long next = from + target;
        try (RecordScanner scanner = format.scan(Path.of(entry.path()), from, to, line)) {
            while (scanner.next()) {
                if (scanner.position() >= next) {
                    marks.add(new BatchPlan.Mark(scanner.position(), scanner.line(), rows));
                    next = scanner.position() + target;
                }
                rows++;
            }
        }
        return new BatchPlan.Stretch(marks, rows);
    }
}
