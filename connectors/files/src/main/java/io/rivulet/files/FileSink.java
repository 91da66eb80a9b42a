package io.rivulet.files;

import io.rivulet.connector.OutputMode;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkContext;
import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.WriteContext;
import io.rivulet.error.ErrorCode;
import io.rivulet.file.DirectoryLock;
import io.rivulet.file.DurableDirectories;
import io.rivulet.file.FileAccess;
import io.rivulet.file.FileErrors;
import io.rivulet.option.Options;
import io.rivulet.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in a directory, exactly once. A task writes one file, or one per combination of partition values, to
 * {@code _rivulet/staging} and syncs it; a commit lists the batch's files in the {@link Manifest}, syncs that, renames
 * the files into place as {@code part-<batch>-<partition>.<format>}, below {@code column=value} directories if there
 * are partition columns, and syncs the directories. Batches are committed in ascending order; one that is listed is not
 * committed again, only its renames are completed.
 *
 * <p>A staged file that the manifest does not list may belong to a batch that the query's log holds as prepared and
 * will commit again, so opening leaves it alone. The query first commits what is prepared and only then writes again:
 * the first {@link #writer} therefore deletes everything that was staged before this sink was opened. What attempts of
 * this sink leave behind goes when their batch is committed.
 */
final class FileSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);

    private final FileAccess files;
    private final Path output;
    private final Path staging;
    private final Form form;
    private final Rows rows;
    private final DirectoryLock lock;
    private final Manifest manifest;
    /** In the names of this sink's staged files, so that no earlier one is in the way. */
    private final String epoch = UUID.randomUUID().toString().substring(0, 8);

    private final Set<String> staged = ConcurrentHashMap.newKeySet();
    private boolean cleaned;

    /**
     * What the files of a format look like.
     *
     * @param extension of their names
     * @param encoders makes an encoder of rows of a schema
     */
    record Form(String format, String extension, Function<Schema, RowEncoder> encoders) {}

    /** How rows become files. */
    private record Rows(Schema schema, List<Integer> partitionColumns, boolean compressed, ZoneId zone) {}

    private FileSink(FileAccess files, Path output, Form form, Rows rows, DirectoryLock lock, Manifest manifest) {
        this.files = files;
        this.output = output;
        this.staging = Manifest.staging(output);
        this.form = form;
        this.rows = rows;
        this.lock = lock;
        this.manifest = manifest;
    }

    /** Locks the directory, checks that it is this query's, and completes the renames of the last batch. */
    static FileSink open(SinkContext context, Form form, Options options) {
        String format = form.format;
        Path output = check(context, format);
        Rows rows = new Rows(
                context.schema(),
                SinkOptions.partitionColumns(options, context.schema(), format),
                options.get(SinkOptions.COMPRESSION) == SinkOptions.Compression.GZIP,
                context.zone());
        Path meta = output.resolve("_rivulet");
        FileAccess files = context.files();
        try {
            if (!files.exists(Manifest.file(output))) {
                refuseForeignFiles(files, output);
            }
            // before the lock, which makes directories too and syncs none
            DurableDirectories.create(files, output);
            DurableDirectories.create(files, Manifest.staging(output));
        } catch (IOException e) {
            throw FileErrors.wrap("prepare", output, e);
        }
        DirectoryLock lock = DirectoryLock.take(meta.resolve("lock"), "the output directory " + output);
        Manifest manifest = null;
        try {
            manifest = Manifest.open(files, output, context.queryId());
            FileSink sink = new FileSink(files, output, form, rows, lock, manifest);
            sink.show(manifest.lastFiles());
            return sink;
        } catch (RuntimeException e) {
            release(lock, manifest);
            throw e;
        }
    }

    private static void release(DirectoryLock lock, @org.jspecify.annotations.Nullable Manifest manifest) {
        try (lock) {
            if (manifest != null) {
                manifest.close();
            }
        }
    }

    private static Path check(SinkContext context, String format) {
        String path = context.path();
        if (path == null || path.isBlank()) {
            throw ErrorCode.BAD_OPTION.error("the " + format + " sink needs a path: start(\"directory\")");
        }
        if (context.outputMode() != OutputMode.APPEND) {
            throw ErrorCode.UNSUPPORTED_MODE.error("the " + format + " sink cannot do output mode "
                    + context.outputMode()
                    + ": rows in files never change. Use append mode (an aggregation then needs a"
                    + " watermark), or write with foreachBatch");
        }
        if (context.streaming() && !context.durable()) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error("the " + format + " sink needs a checkpoint, or a restart would"
                    + " write rows twice; set the option checkpoint to a directory that is kept");
        }
        for (String name : context.schema().names()) {
            if (context.schema().indexOf(name) == Schema.AMBIGUOUS) {
                throw ErrorCode.BAD_SCHEMA.error(
                        "the " + format + " sink would write two columns named " + name + "; rename one with as(…)");
            }
        }
        Path output = Path.of(path).toAbsolutePath();
        if (Files.isRegularFile(output)) {
            throw ErrorCode.BAD_OPTION.error(
                    "the " + format + " sink writes to a directory, but " + output + " is a file; choose another path");
        }
        return output;
    }

    private static void refuseForeignFiles(FileAccess files, Path output) throws IOException {
        for (Path entry : files.list(output)) {
            String name = String.valueOf(entry.getFileName());
            if (!name.startsWith(".") && !name.startsWith("_")) {
                throw ErrorCode.SINK_CONFLICT.error("the output directory " + output + " holds files that no manifest"
                        + " lists (" + name + "); write to an empty or new directory");
            }
        }
    }

    @Override
    public String description() {
        return form.format + " files " + output;
    }

    @Override
    public SinkWriter writer(WriteContext context) {
        deleteOldStaged();
        String name = String.format("part-%010d-%05d.%s", context.batchId(), context.partition(), form.extension)
                + (rows.compressed ? ".gz" : "");
        String stagedName = context.batchId() + "-" + context.partition() + "-" + context.attempt() + "-" + epoch;
        if (rows.partitionColumns.isEmpty()) {
            return new FileSinkWriter(files, staging, stagedOutput(stagedName, name, rows.schema));
        }
        Schema inFiles = rows.schema.select(PartitionedWriter.others(rows.schema, rows.partitionColumns));
        return new PartitionedWriter(
                files,
                staging,
                rows.schema,
                rows.partitionColumns,
                rows.zone,
                (number, directory) -> stagedOutput(stagedName + "-" + number, directory + name, inFiles));
    }

    private StagedOutput stagedOutput(String stagedName, String name, Schema schema) {
        staged.add(stagedName);
        return new StagedOutput(files, staging.resolve(stagedName), name, form.encoders.apply(schema), rows.compressed);
    }

    private synchronized void deleteOldStaged() {
        if (cleaned) {
            return;
        }
        try {
            int deleted = 0;
            for (Path file : files.list(staging)) {
                files.delete(file);
                deleted++;
            }
            if (deleted > 0) {
                LOG.info("{}: deleted {} staged files of batches that were never prepared", output, deleted);
            }
        } catch (IOException e) {
            throw FileErrors.wrap("clean", staging, e);
        }
        cleaned = true;
    }

    @Override
    public SinkMessage decode(byte[] message) {
        return FilesMessage.decode(message);
    }

    @Override
    public synchronized void commit(long batchId, List<SinkMessage> messages) {
        if (batchId < manifest.lastBatch()) {
            return;
        }
        if (batchId == manifest.lastBatch()) {
            show(manifest.lastFiles());
            return;
        }
        List<StagedFile> batch = new ArrayList<>();
        for (SinkMessage message : messages) {
            batch.addAll(((FilesMessage) message).files());
        }
        if (!batch.isEmpty()) {
            checkStaged(batchId, batch);
            manifest.append(batchId, batch);
            show(batch);
        }
        dropLeftovers(batchId, batch);
    }

    private void checkStaged(long batchId, List<StagedFile> batch) {
        for (StagedFile file : batch) {
            Path path = staging.resolve(file.staged());
            try {
                if (!files.exists(path) || files.size(path) != file.bytes()) {
                    throw ErrorCode.CHECKPOINT_CORRUPT.error(path + ": batch " + batchId
                            + " was prepared with this file of " + file.bytes()
                            + " bytes, and it is gone or has another length; restore the output directory from a copy,"
                            + " or start with a new one and a new checkpoint");
                }
            } catch (IOException e) {
                throw FileErrors.wrap("look at", path, e);
            }
        }
    }

    /** Renames listed files into place; those that are there already are left as they are. */
    private void show(List<StagedFile> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            Set<Path> directories = new LinkedHashSet<>();
            for (StagedFile file : batch) {
                Path to = output.resolve(file.name());
                Path directory = Objects.requireNonNull(to.getParent());
                if (!directory.equals(output) && !directories.contains(directory)) {
                    files.createDirectories(directory);
                }
                // an earlier try may have made a directory and died before its name was synced, so all levels are
                while (directories.add(directory) && !directory.equals(output)) {
                    directory = Objects.requireNonNull(directory.getParent());
                }
                Path from = staging.resolve(file.staged());
                if (files.exists(from)) {
                    files.rename(from, to);
                }
            }
            for (Path directory : directories) {
                files.syncDirectory(directory);
            }
        } catch (IOException e) {
            throw FileErrors.wrap("publish files in", output, e);
        }
    }

    private void dropLeftovers(long batchId, List<StagedFile> batch) {
        for (StagedFile file : batch) {
            staged.remove(file.staged());
        }
        for (String name : List.copyOf(staged)) {
            if (Long.parseLong(name.substring(0, name.indexOf('-'))) <= batchId) {
                try {
                    files.delete(staging.resolve(name));
                } catch (IOException e) {
                    LOG.info("cannot delete the staged file {} yet ({})", name, e.toString());
                }
                staged.remove(name);
            }
        }
    }

    @Override
    public void close() {
        release(lock, manifest);
    }
}
