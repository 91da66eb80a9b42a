package io.rivulet.files;

import io.rivulet.connector.ReadLimit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far one batch goes: takes files until a limit is reached. When a limit on rows or bytes can end inside a file its
 * records are counted, and some of their positions remembered, so that {@link Splitter} need not look for them again.
 */
final class BatchPlan {
    static final BatchPlan NONE =
            new BatchPlan(null, FileOffset.startOf(-1), ReadLimit.ALL, new HeldInputs(ByteInput::open));

    /** Bytes between remembered positions. */
    static final long STEP = 1 << 16;

    /** A record's beginning, and how many rows of the same stretch lie before it. */
    record Mark(long position, long line, long rows) {}

    /** The part of one file that the batch takes; the marks are inside of it. */
    record Stretch(List<Mark> marks, long rows) {}

    private final @Nullable FileFormat format;
    private final HeldInputs inputs;
    private final FileOffset start;
    private final boolean rowsLimited;
    private final Map<Integer, Stretch> stretches = new HashMap<>();
    private FileOffset end;
    private long rows;
    private long bytes;
    private long files;
    private boolean any;

    /** @param inputs where a file that is cut stays open for the plan of the next batch */
    BatchPlan(@Nullable FileFormat format, FileOffset start, ReadLimit limit, HeldInputs inputs) {
        this.format = format;
        this.inputs = inputs;
        this.start = start;
        this.end = start;
        this.rowsLimited = limit.maxRows() != Long.MAX_VALUE;
        this.rows = limit.maxRows();
        this.bytes = limit.maxBytes();
        this.files = limit.maxFiles();
    }

    /** Whether another file may be begun. */
    boolean hasRoom() {
        return !any || (rows > 0 && bytes > 0 && files > 0);
    }

    void end(FileOffset offset) {
        end = offset;
    }

    boolean covers(FileOffset from, FileOffset to) {
        return start.equals(from) && end.equals(to);
    }

    @Nullable
    Stretch stretch(int file) {
        return stretches.get(file);
    }

    /** Whether a row of so many bytes is still allowed; the first of a batch always is. */
    private boolean hasRoomFor(long length) {
        return !any || (rows > 0 && length <= bytes);
    }

    private void takeRow(long length) {
        any = true;
        rows--;
        bytes -= length;
    }

    /** Takes from a file what the limits allow; gives the start of the next file when that is all of it. */
    FileOffset take(FileEntry entry, FileOffset from) {
        if (entry.compressed()) {
            // how much is in it only decompressing tells
            if (rowsLimited || bytes != Long.MAX_VALUE) {
                return count(entry, from);
            }
            any = true;
            files--;
            return FileOffset.startOf(from.file() + 1);
        }
        if (format != null && format.wholeFiles()) {
            if (!hasRoomFor(entry.size())) {
                return from;
            }
            takeRow(entry.size());
            files--;
            return FileOffset.startOf(from.file() + 1);
        }
        long remaining = entry.size() - from.position();
        if (!rowsLimited && remaining <= bytes) {
            any = true;
            files--;
            bytes -= remaining;
            return FileOffset.startOf(from.file() + 1);
        }
        return count(entry, from);
    }

    private FileOffset count(FileEntry entry, FileOffset from) {
        if (format == null) {
            throw new IllegalStateException("a plan without a format takes nothing");
        }
        List<Mark> marks = new ArrayList<>();
        long taken = 0;
        long nextMark = from.position() + STEP;
        FileOffset stop = FileOffset.startOf(from.file() + 1);
        ByteInput input = inputs.open(entry, from.position());
        try (RecordScanner scanner =
                format.scan(input, Path.of(entry.path()), from.position(), entry.dataEnd(), from.line())) {
            while (scanner.next()) {
                long position = scanner.position();
                long length = scanner.nextPosition() - position;
                if (!hasRoomFor(length)) {
                    stop = taken == 0 ? from : new FileOffset(from.file(), position, scanner.line());
                    if (entry.compressed() && taken > 0) {
                        inputs.hold(entry, scanner.detach());
                    }
                    break;
                }
                if (position >= nextMark) {
                    marks.add(new Mark(position, scanner.line(), taken));
                    nextMark = position + STEP;
                }
                takeRow(length);
                taken++;
            }
        }
        if (taken > 0) {
            files--;
        }
        stretches.put(from.file(), new Stretch(marks, taken));
        return stop;
    }
}
