package io.rivulet.files;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.file.FileAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files a source has listed, by ordinal: what offsets refer to. Kept in memory and, when the query has a
 * checkpoint, in {@code <checkpoint>/sources/<id>/files}, see {@link CheckedLines} and {@link FileListLine}.
 *
 * <p>The list does not grow with the life of a query: files that are read may leave it from its beginning once nobody
 * can take them for new ones. Those of a directory may when they are older than the horizon, that is {@code maxFileAge}
 * before the newest file seen: a file that is older and not in the list is passed over. The horizon never falls, also when
 * {@code maxFileAge} is raised. Files of a manifest may when the list knows how far that was read. They leave in memory,
 * many at once; the file is written anew without them by the next change. One thread.
 */
final class FileList implements AutoCloseable {
    /** For the age: no file is too old. */
    static final long NEVER = Long.MAX_VALUE;

    /** For the horizon: there is none. */
    static final long NONE = Long.MIN_VALUE;

    /** The fewest files that leave at once; and no fewer than half of the list, so that writing it costs little. */
    static final int LEAST_FORGOTTEN = 1000;

    private static final String MAGIC = "rivulet-file-list";
    /** 1: entries only, from ordinal 0 on. 2: a first ordinal, the horizon and positions in manifests. */
    private static final int VERSION = 2;

    private final long age;
    private final List<FileEntry> entries = new ArrayList<>();
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final Map<String, CommittedFiles.Position> manifests = new TreeMap<>();
    private final @Nullable CheckedLines lines;
    /** Ordinal of the first of the entries. */
    private int first;

    private long horizon = NONE;
    private long newest = NONE;
    /** Files of manifests with a smaller ordinal are within the positions known. */
    private int coveredTo;
    /** So many of the entries may leave. */
    private int leaving;
    /** Whether the file holds entries that have left. */
    private boolean stale;

    private FileList(@Nullable CheckedLines lines, long age) {
        this.lines = lines;
        this.age = age;
    }

    /**
     * The list kept in a directory, which is made by the first {@link #add}; in memory only when it is null.
     *
     * @param age how much older than the newest file a file may be, in microseconds, or {@link #NEVER}
     */
    static FileList open(FileAccess files, @Nullable Path directory, long age) {
        if (directory == null) {
            return new FileList(null, age);
        }
        List<String> payloads = new ArrayList<>();
        CheckedLines lines = CheckedLines.open(files, directory.resolve("files"), MAGIC, VERSION, payloads);
        FileList list = new FileList(lines, age);
        for (int i = 0; i < payloads.size(); i++) {
            if (!list.load(FileListLine.parse(payloads.get(i)))) {
                throw ErrorCode.CHECKPOINT_CORRUPT.error(
                        lines.file() + ", line " + (i + 2) + ": no entry of a file list");
            }
        }
        return list;
    }

    private boolean load(@Nullable FileListLine line) {
        if (line instanceof FileListLine.Beginning beginning && entries.isEmpty() && first == 0) {
            first = beginning.first();
            coveredTo = first;
            horizon = beginning.horizon();
            return true;
        }
        if (line instanceof FileListLine.Manifest manifest) {
            manifests.put(manifest.output(), manifest.position());
            return true;
        }
        if (line instanceof FileListLine.File file && file.ordinal() >= first && file.ordinal() <= size()) {
            put(file.ordinal(), file.entry());
            horizon = Math.max(horizon, file.horizon());
            return true;
        }
        return false;
    }

    private void put(int ordinal, FileEntry entry) {
        if (ordinal == size()) {
            entries.add(entry);
        } else {
            entries.set(ordinal - first, entry);
        }
        ordinals.put(entry.path(), ordinal);
        if (!entry.committed()) {
            newest = Math.max(newest, entry.modified());
        }
    }

    /** One more than the greatest ordinal. */
    int size() {
        return first + entries.size();
    }

    /** The least ordinal of a file that has not left. */
    int first() {
        return first;
    }

    /** Files of a directory that were modified before, in microseconds, and are not in the list are none of it. */
    long horizon() {
        return horizon;
    }

    FileEntry get(int ordinal) {
        return entries.get(ordinal - first);
    }

    /** The ordinal of a path, or -1. */
    int ordinal(String path) {
        return ordinals.getOrDefault(path, -1);
    }

    /** Up to where the files of an output directory are in the list or have left it, as far as that is known. */
    CommittedFiles.Position position(Path output) {
        return manifests.getOrDefault(output.toString(), CommittedFiles.Position.START);
    }

    /**
     * Adds new files, in order; durable on return.
     *
     * @param positions how far manifests have been read, when all that was found is in the list then; null when some
     *     of it still waits, and the horizon must not pass it
     */
    void add(List<FileEntry> fresh, @Nullable Map<Path, CommittedFiles.Position> positions) {
        long latest = newest;
        for (FileEntry entry : fresh) {
            latest = entry.committed() ? latest : Math.max(latest, entry.modified());
        }
        long next = positions == null || age == NEVER || latest == NONE ? horizon : Math.max(horizon, latest - age);
        List<String> payloads = new ArrayList<>(fresh.size());
        for (int i = 0; i < fresh.size(); i++) {
            boolean moves = next > horizon && i == fresh.size() - 1;
            payloads.add(new FileListLine.File(size() + i, fresh.get(i), moves ? next : NONE).payload());
        }
        write(payloads);
        for (FileEntry entry : fresh) {
            put(size(), entry);
        }
        if (positions != null) {
            horizon = next;
            positions.forEach((output, position) -> manifests.put(output.toString(), position));
            coveredTo = size();
        }
    }

    /** Replaces a file of which nothing was planned; durable on return. */
    void replace(int ordinal, FileEntry entry) {
        write(List.of(new FileListLine.File(ordinal, entry, NONE).payload()));
        put(ordinal, entry);
    }

    /** Files before an ordinal are in committed batches: those that may leave do, when they are many. */
    void forget(int before) {
        while (leaving < Math.min(before - first, entries.size()) && mayLeave(first + leaving)) {
            leaving++;
        }
        if (leaving < Math.max(LEAST_FORGOTTEN, entries.size() / 2)) {
            return;
        }
        for (int i = 0; i < leaving; i++) {
            ordinals.remove(entries.get(i).path(), first + i);
        }
        entries.subList(0, leaving).clear();
        first += leaving;
        leaving = 0;
        stale = true;
    }

    private boolean mayLeave(int ordinal) {
        FileEntry entry = get(ordinal);
        return entry.committed() ? ordinal < coveredTo : entry.modified() < horizon;
    }

    /** Refuses an offset that the list does not reach. */
    RivuletException missing(String description, String offset) {
        return ErrorCode.CHECKPOINT_CORRUPT.error("the file list of the source " + description + " holds the files "
                + first + " to " + (size() - 1) + ", but the offset " + offset
                + " needs others; restore the checkpoint from a copy, or start with a new one");
    }

    private void write(List<String> payloads) {
        if (lines == null || payloads.isEmpty()) {
            return;
        }
        if (lines.broken() || stale) {
            lines.rewrite(contents());
            stale = false;
        }
        lines.append(payloads);
    }

    private List<String> contents() {
        List<String> all = new ArrayList<>(entries.size() + manifests.size() + 1);
        if (first > 0 || horizon != NONE) {
            all.add(new FileListLine.Beginning(first, horizon).payload());
        }
        if (first > 0) {
            manifests.forEach((output, position) -> all.add(new FileListLine.Manifest(output, position).payload()));
        }
        for (int i = 0; i < entries.size(); i++) {
            all.add(new FileListLine.File(first + i, entries.get(i), NONE).payload());
        }
        return all;
    }

    @Override
    public void close() {
        if (lines != null) {
            lines.close();
        }
    }
}
