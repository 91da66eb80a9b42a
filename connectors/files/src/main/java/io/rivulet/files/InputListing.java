package io.rivulet.files;

import io.rivulet.file.FileAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the files of a source that it does not know yet, without those that are too old. A directory that a file sink
 * writes to is read by its manifest: exactly the committed files, in the order of their batches. One thread.
 */
final class InputListing {
    private static final Logger LOG = LoggerFactory.getLogger(InputListing.class);

    /** Of the files that were read, so many of the newest are still watched for growth at each listing. */
    private static final int CHECKED_AT_LISTING = 64;

    private final InputPaths paths;
    private final FileAccess files;
    private final Map<Path, CommittedFiles> outputs = new LinkedHashMap<>();
    private InputPaths.@Nullable Found found;
    private @Nullable Set<Path> listedBefore;

    InputListing(InputPaths paths, FileAccess files) {
        this.paths = paths;
        this.files = files;
    }

    /** The directories to watch, as of the last listing. */
    Set<Path> directories() {
        InputPaths.Found last = found;
        if (last == null) {
            last = paths.find();
            found = last;
        }
        return last.directories();
    }

    /** How far manifests were read, by directory. */
    Map<Path, CommittedFiles.Position> positions() {
        Map<Path, CommittedFiles.Position> positions = new LinkedHashMap<>();
        outputs.forEach((output, committed) -> positions.put(output, committed.position()));
        return positions;
    }

    /**
     * Files that hold something and are new, in their order: by time of modification, then path; those of a manifest in
     * the order of commit, and each only once.
     *
     * @param known what was listed before; refuses a file of it that has grown
     * @param waiting whether a path is known otherwise
     */
    List<FileEntry> fresh(FileList known, Predicate<String> waiting) {
        Set<Path> before = listedBefore;
        InputPaths.Found now = paths.find();
        found = now;
        listedBefore = now.files();
        List<FileEntry> tooOld = new ArrayList<>();
        List<FileEntry> fresh = new ArrayList<>();
        for (Path file : now.files()) {
            int ordinal = known.ordinal(file.toString());
            if (waiting.test(file.toString()) || (ordinal >= 0 && ordinal < known.size() - CHECKED_AT_LISTING)) {
                continue;
            }
            FileEntry entry = FileEntry.look(file);
            if (entry == null || entry.size() == 0) {
                continue;
            }
            if (ordinal < 0 && entry.modified() < known.horizon()) {
                if (before == null ? known.first() == 0 : !before.contains(file)) {
                    tooOld.add(entry);
                }
            } else if (ordinal < 0) {
                fresh.add(entry);
            } else if (entry.size() != known.get(ordinal).size()) {
                throw FileEntry.changed(entry.path(), known.get(ordinal).size(), entry.size());
            }
        }
        if (!tooOld.isEmpty()) {
            LOG.warn(
                    "{} files are not read, because they are older than the newest file by more than maxFileAge; one is {}",
                    tooOld.size(),
                    tooOld.get(0).path());
        }
        fresh.sort(FileEntry.BY_TIME);
        for (Path output : now.outputs()) {
            CommittedFiles committed =
                    outputs.computeIfAbsent(output, o -> new CommittedFiles(files, o, known.position(o)));
            fresh.addAll(committed.next(path -> known.ordinal(path) >= 0 || waiting.test(path)));
        }
        return fresh;
    }
}
