package io.rivulet.files;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.ReportsLatestOffset;
import io.rivulet.connector.Source;
import io.rivulet.connector.SourceContext;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.file.FileErrors;
import io.rivulet.option.Options;
import io.rivulet.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of files, in the order in which the files were first listed; within one listing by time of modification,
 * then path.
 *
 * <p>Files are immutable. A file is taken as it is when it is planned: its last line counts without a line end too, and
 * bytes added later are {@code SOURCE_DATA_CHANGED}. A file that was listed and not yet planned may still grow or go;
 * an empty one is not listed until it holds something. The directory is listed only when everything known is planned,
 * so a long backlog costs nothing per batch.
 *
 * <p>With {@code latestFirst} the directory is listed for every batch, and the newest files that wait come first. A file
 * then gets its place in the list when it is planned, so that offsets stay positions in the list.
 *
 * <p>A file that comes with a time long before the newest one seen is too old, see {@link FileList}; that lets the list
 * forget.
 */
final class FileSource implements Source, ReportsLatestOffset {
    private final InputPaths paths;
    private final String description;
    private final FileFormat format;
    private final Schema schema;
    private final ReadLimit ownLimit;
    private final boolean latestFirst;
    private final boolean streaming;
    private final FileList list;
    private final InputListing listing;
    /** Planning is ahead of reading, so each keeps its own. */
    private final HeldInputs planned;

    private final HeldInputs read;
    /** Found and not in the list yet, oldest first. */
    private final List<FileEntry> waiting = new ArrayList<>();

    private final Set<String> waitingPaths = new HashSet<>();
    private @Nullable FileWatch watch;
    private boolean listed;
    private boolean stopped;
    private BatchPlan plan = BatchPlan.NONE;

    FileSource(SourceContext context, String path, FileFormat format, Schema schema, Options options) {
        this(context, path, format, schema, options, ByteInput::open);
    }

    FileSource(
            SourceContext context,
            String path,
            FileFormat format,
            Schema schema,
            Options options,
            ByteInput.Opener opener) {
        this.paths = InputPaths.of(path);
        this.description = format.name() + " files " + path;
        this.format = format;
        this.schema = schema;
        this.ownLimit = SourceOptions.limit(options);
        this.latestFirst = options.get(SourceOptions.LATEST_FIRST);
        this.streaming = context.streaming();
        this.list = FileList.open(context.files(), context.directory(), SourceOptions.maxFileAge(options));
        this.listing = new InputListing(paths, context.files());
        this.planned = new HeldInputs(opener);
        this.read = new HeldInputs(opener);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Offset initial() {
        return FileOffset.ZERO.toOffset();
    }

    @Override
    public void restore(Offset committed, @Nullable Offset planned) {
        FileOffset start = FileOffset.of(committed);
        FileOffset end = planned == null ? start : FileOffset.of(planned);
        int known = end.position() == 0 ? end.file() : end.file() + 1;
        if (known > list.size() || start.file() < list.first()) {
            throw list.missing(
                    description, (known > list.size() ? end : start).toOffset().text());
        }
        for (int i = start.file(); i < known; i++) {
            list.get(i).check();
        }
        list.forget(start.file());
    }

    @Override
    public void stopAtAvailable() {
        listNewFiles();
        if (!latestFirst) {
            addWaiting();
        }
        stopped = true;
    }

    @Override
    public Offset latest(Offset start, ReadLimit limit) {
        FileOffset from = FileOffset.of(start);
        BatchPlan fresh =
                new BatchPlan(format, from, limit.equals(ReadLimit.ALL) ? limit : limit.and(ownLimit), planned);
        FileOffset at = latestFirst ? takeNewest(from, fresh) : takeInOrder(from, fresh);
        fresh.end(at);
        plan = fresh;
        return at.toOffset();
    }

    private FileOffset takeInOrder(FileOffset from, BatchPlan fresh) {
        boolean looked = false;
        FileOffset at = from;
        while (fresh.hasRoom()) {
            if (at.file() == list.size()) {
                if (looked || !mayLook()) {
                    break;
                }
                looked = true;
                listNewFiles();
                addWaiting();
                continue;
            }
            FileOffset next = takeKnown(at, fresh);
            boolean whole = next.file() > at.file();
            at = next;
            if (!whole) {
                break;
            }
        }
        return at;
    }

    /** What is begun or was planned for a run before this one, then the newest that waits. */
    private FileOffset takeNewest(FileOffset from, BatchPlan fresh) {
        FileOffset at = from;
        boolean whole = true;
        while (fresh.hasRoom() && whole && at.file() < list.size()) {
            FileOffset next = takeKnown(at, fresh);
            whole = next.file() > at.file();
            at = next;
        }
        if (mayLook()) {
            listNewFiles();
        }
        List<FileEntry> chosen = new ArrayList<>();
        while (fresh.hasRoom() && whole && !waiting.isEmpty()) {
            FileEntry entry = removeNewest();
            if (entry == null) {
                continue;
            }
            FileOffset next = fresh.take(entry, at);
            whole = next.file() > at.file();
            if (next.equals(at)) {
                putBack(List.of(entry));
            } else {
                chosen.add(entry);
            }
            at = next;
        }
        try {
            list.add(chosen, waiting.isEmpty() ? listing.positions() : null);
        } catch (RuntimeException e) {
            putBack(chosen);
            throw e;
        }
        return at;
    }

    private boolean mayLook() {
        return !listed || (streaming && !stopped);
    }

    private FileOffset takeKnown(FileOffset at, BatchPlan fresh) {
        FileEntry entry = list.get(at.file());
        if (at.position() == 0 && !entry.committed()) {
            entry = lookAgain(at.file(), entry);
        } else {
            entry.check();
        }
        return entry.size() == 0 ? FileOffset.startOf(at.file() + 1) : fresh.take(entry, at);
    }

    /** The end of the last file that is known; a file that is read by now and has grown is not looked at. */
    @Override
    public Offset latestOffset() {
        return FileOffset.startOf(list.size() + waiting.size()).toOffset();
    }

    /** A file of which nothing is planned yet is taken as it is now; one that is gone counts as empty. */
    private FileEntry lookAgain(int ordinal, FileEntry entry) {
        FileEntry now = FileEntry.look(Path.of(entry.path()));
        if (now == null) {
            now = new FileEntry(entry.path(), 0, entry.modified());
        }
        if (!now.equals(entry)) {
            list.replace(ordinal, now);
        }
        return now;
    }

    /** Takes the newest file that waits, as it is now; null when that is gone or empty. */
    private @Nullable FileEntry removeNewest() {
        FileEntry newest = waiting.remove(waiting.size() - 1);
        waitingPaths.remove(newest.path());
        if (newest.committed()) {
            newest.check();
            return newest;
        }
        FileEntry now = FileEntry.look(Path.of(newest.path()));
        return now == null || now.size() == 0 ? null : now;
    }

    /** @param entries newest first, as they were taken */
    private void putBack(List<FileEntry> entries) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            waiting.add(entries.get(i));
            waitingPaths.add(entries.get(i).path());
        }
    }

    private void listNewFiles() {
        List<FileEntry> fresh = listing.fresh(list, waitingPaths::contains);
        FileWatch watching = watch;
        if (watching != null) {
            watching.watch(listing.directories());
        }
        for (FileEntry entry : fresh) {
            waiting.add(entry);
            waitingPaths.add(entry.path());
        }
        if (latestFirst && !fresh.isEmpty() && !fresh.get(0).committed()) {
            waiting.sort(FileEntry.BY_TIME);
        }
        listed = true;
    }

    private void addWaiting() {
        list.add(waiting, listing.positions());
        waiting.clear();
        waitingPaths.clear();
    }

    @Override
    public List<? extends Split> splits(Offset start, Offset end, int parallelism) {
        FileOffset from = FileOffset.of(start);
        FileOffset to = FileOffset.of(end);
        BatchPlan known = plan.covers(from, to) ? plan : BatchPlan.NONE;
        return Splitter.split(format, list, known, from, to, parallelism);
    }

    @Override
    public SplitReader reader(Split split, ReadContext context) {
        return new FileSplitReader((FileSplit) split, format, schema, paths.base(), context, read);
    }

    @Override
    public void commit(Offset end) {
        list.forget(FileOffset.of(end).file());
    }

    @Override
    public void onNewData(Runnable wake) {
        if (!streaming) {
            return;
        }
        try {
            FileWatch watching = watch;
            if (watching == null) {
                watching = new FileWatch();
                watch = watching;
            }
            watching.listen(wake);
            watching.watch(listing.directories());
        } catch (IOException e) {
            throw FileErrors.wrap("watch", Path.of(""), e);
        }
    }

    @Override
    public void close() {
        FileWatch watching = watch;
        watch = null;
        if (watching != null) {
            watching.close();
        }
        try (list;
                read) {
            planned.close();
        }
    }
}
