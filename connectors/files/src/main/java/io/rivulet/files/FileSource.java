package io.rivulet.files;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.ReportsLatestOffset;
import io.rivulet.connector.Source;
import io.rivulet.connector.SourceContext;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.error.ErrorCode;
import io.rivulet.file.FileErrors;
import io.rivulet.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of files, in the order in which the files were first listed; within one listing by time of modification,
 * then path.
 *
 * <p>Files are immutable. A file is taken as it is when it is planned: its last line counts without a line end too, and
 * bytes added later are {@code SOURCE_DATA_CHANGED}. A file that was listed and not yet planned may still grow or go;
 * an empty one is not listed until it holds something. The directory is listed only when everything known is planned,
 * so a long backlog costs nothing per batch.
 */
final class FileSource implements Source, ReportsLatestOffset {
    /** Of the files that were read, so many of the newest are still watched for growth at each listing. */
    private static final int CHECKED_AT_LISTING = 64;

    private final InputPaths paths;
    private final String description;
    private final FileFormat format;
    private final Schema schema;
    private final ReadLimit ownLimit;
    private final boolean streaming;
    private final FileList list;
    private @Nullable FileWatch watch;
    private boolean listed;
    private boolean stopped;
    private BatchPlan plan = BatchPlan.NONE;

    FileSource(SourceContext context, String path, FileFormat format, Schema schema, ReadLimit ownLimit) {
        this.paths = InputPaths.of(path);
        this.description = format.name() + " files " + path;
        this.format = format;
        this.schema = schema;
        this.ownLimit = ownLimit;
        this.streaming = context.streaming();
        this.list = FileList.open(context.files(), context.directory());
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
        if (known > list.size()) {
            throw ErrorCode.CHECKPOINT_CORRUPT.error("the file list of the source " + description + " holds "
                    + list.size() + " files, but the offset " + end.toOffset() + " needs " + known
                    + "; restore the checkpoint from a copy, or start with a new one");
        }
        for (int i = start.file(); i < known; i++) {
            FileEntry entry = list.get(i);
            FileEntry.check(entry.path(), entry.size(), entry.modified());
        }
    }

    @Override
    public void stopAtAvailable() {
        listNewFiles();
        stopped = true;
    }

    @Override
    public Offset latest(Offset start, ReadLimit limit) {
        FileOffset from = FileOffset.of(start);
        BatchPlan fresh = new BatchPlan(format, from, limit.equals(ReadLimit.ALL) ? limit : limit.and(ownLimit));
        boolean looked = false;
        FileOffset at = from;
        while (fresh.hasRoom()) {
            if (at.file() == list.size()) {
                if (looked || (listed && (stopped || !streaming))) {
                    break;
                }
                looked = true;
                listNewFiles();
                continue;
            }
            FileEntry entry = list.get(at.file());
            if (at.position() == 0) {
                entry = lookAgain(at.file(), entry);
            } else {
                FileEntry.check(entry.path(), entry.size(), entry.modified());
            }
            FileOffset next = entry.size() == 0 ? FileOffset.startOf(at.file() + 1) : fresh.take(entry, at);
            boolean whole = next.file() > at.file();
            at = next;
            if (!whole) {
                break;
            }
        }
        fresh.end(at);
        plan = fresh;
        return at.toOffset();
    }

    /** The end of the last file that was listed; a file that is read by now and has grown is not looked at. */
    @Override
    public Offset latestOffset() {
        return FileOffset.startOf(list.size()).toOffset();
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

    private void listNewFiles() {
        InputPaths.Found found = paths.find();
        FileWatch watching = watch;
        if (watching != null) {
            watching.watch(found.directories());
        }
        List<FileEntry> fresh = new ArrayList<>();
        for (Path file : found.files()) {
            int ordinal = list.ordinal(file.toString());
            if (ordinal >= 0 && ordinal < list.size() - CHECKED_AT_LISTING) {
                continue;
            }
            FileEntry now = FileEntry.look(file);
            if (now == null || now.size() == 0) {
                continue;
            }
            if (ordinal < 0) {
                fresh.add(now);
            } else if (now.size() != list.get(ordinal).size()) {
                throw FileEntry.changed(now.path(), list.get(ordinal).size(), now.size());
            }
        }
        fresh.sort(Comparator.comparingLong(FileEntry::modified).thenComparing(FileEntry::path));
        if (!fresh.isEmpty()) {
            list.add(fresh);
        }
        listed = true;
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
        return new FileSplitReader((FileSplit) split, format, schema, paths.base(), context);
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
            watching.watch(paths.find().directories());
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
        list.close();
    }
}
