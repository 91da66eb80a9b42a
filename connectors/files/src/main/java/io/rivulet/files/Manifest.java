package io.rivulet.files;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rivulet.error.ErrorCode;
import io.rivulet.file.FileAccess;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which batches an output directory holds: {@code _rivulet/manifest}, a line of JSON per batch that wrote something,
 * {@code {"query":"…","batch":3,"files":[{"name","staged","bytes","rows","crc32c"},…]}}, see {@link CheckedLines}. A
 * line makes its batch committed. The first line names no files but sums up the batches through its own:
 * {@code {"query":"…","batch":-1,"files":[],"earlierFiles":0,"earlierBytes":0,"earlierRows":0}}; when there are many
 * lines they move to {@code _rivulet/archive/<last batch in it>}, a file of the same form without a first line, and are
 * replaced by such a line and the last one. Who reads the manifest first and then the archives that it sums up misses
 * nothing, while the sink goes on. One thread.
 */
final class Manifest implements AutoCloseable {
    private static final String MAGIC = "rivulet-manifest";
    private static final int VERSION = 1;
    private static final int MOST_LINES = 512;

    /** A committed batch. */
    record Batch(long id, List<StagedFile> files) {}

    /**
     * What a reader finds.
     *
     * @param batches in order
     * @param summedThrough the last batch that the first line sums up, -1 when there is none
     * @param earlierFiles how many files the first line sums up
     */
    record Contents(List<Batch> batches, long summedThrough, long earlierFiles) {}

    private record Line(String query, long batch, List<StagedFile> files, long files0, long bytes0, long rows0) {}

    private final FileAccess files;
    private final CheckedLines lines;
    private final String query;
    private final List<Line> known = new ArrayList<>();

    private Manifest(FileAccess files, CheckedLines lines, String query) {
        this.files = files;
        this.lines = lines;
        this.query = query;
    }

    /** Opens the manifest of a directory, which must be this query's, or makes it. */
    static Manifest open(FileAccess files, Path output, String query) {
        Path file = file(output);
        List<String> payloads = new ArrayList<>();
        CheckedLines lines = CheckedLines.open(files, file, MAGIC, VERSION, payloads);
        Manifest manifest = new Manifest(files, lines, query);
        for (int i = 0; i < payloads.size(); i++) {
            Line line = decode(payloads.get(i), file, i + 2);
            if (!line.query.equals(query)) {
                lines.close();
                throw ErrorCode.SINK_CONFLICT.error("the output directory " + output + " belongs to the query "
                        + line.query + ", this is " + query
                        + "; write to another directory, or delete this one if its data is not needed");
            }
            manifest.known.add(line);
        }
        if (payloads.isEmpty()) {
            manifest.known.add(new Line(query, -1, List.of(), 0, 0, 0));
            manifest.rewrite();
        }
        return manifest;
    }

    /** The manifest of an output directory. */
    static Path file(Path output) {
        return output.resolve("_rivulet").resolve("manifest");
    }

    /** Where the tasks of a sink write. */
    static Path staging(Path output) {
        return output.resolve("_rivulet").resolve("staging");
    }

    private static Path archive(Path manifest) {
        return manifest.resolveSibling("archive");
    }

    /** Reads the batches behind one of a directory, whose sink may go on writing. */
    static Contents read(FileAccess files, Path output, long after) {
        Path file = file(output);
        List<Line> current = readLines(files, file);
        List<Batch> batches = new ArrayList<>();
        if (current.isEmpty()) {
            return new Contents(batches, -1, 0);
        }
        Line sum = current.get(0);
        long last = after;
        if (sum.batch > last) {
            try {
                for (Path old : files.list(archive(file))) {
                    long through = Long.parseLong(String.valueOf(old.getFileName()));
                    if (through > last && through <= sum.batch) {
                        last = addBehind(last, readLines(files, old), batches);
                    }
                }
            } catch (IOException | NumberFormatException e) {
                throw ErrorCode.CHECKPOINT_CORRUPT.error(
                        archive(file) + ": no archive of a manifest (" + e.getMessage() + ")", e);
            }
        }
        addBehind(last, current.subList(1, current.size()), batches);
        return new Contents(batches, sum.batch, sum.files0);
    }

    private static long addBehind(long after, List<Line> lines, List<Batch> batches) {
        long last = after;
        for (Line line : lines) {
            if (line.batch > last) {
                batches.add(new Batch(line.batch, line.files));
                last = line.batch;
            }
        }
        return last;
    }

    private static List<Line> readLines(FileAccess files, Path file) {
        List<String> payloads = CheckedLines.look(files, file, MAGIC, VERSION);
        List<Line> decoded = new ArrayList<>(payloads.size());
        for (int i = 0; i < payloads.size(); i++) {
            decoded.add(decode(payloads.get(i), file, i + 2));
        }
        return decoded;
    }

    /** The newest batch that is listed; -1 when there is none. */
    long lastBatch() {
        return known.get(known.size() - 1).batch;
    }

    /** The files of the newest batch. */
    List<StagedFile> lastFiles() {
        return known.get(known.size() - 1).files;
    }

    /** Lists a batch, newer than any before; durable on return. */
    void append(long batch, List<StagedFile> files) {
        if (known.size() >= MOST_LINES) {
            compact();
        } else if (lines.broken()) {
            rewrite();
        }
        Line line = new Line(query, batch, List.copyOf(files), 0, 0, 0);
        lines.append(List.of(encode(line, false)));
        known.add(line);
    }

    private void compact() {
        archive();
        Line last = known.remove(known.size() - 1);
        long files = 0;
        long bytes = 0;
        long rows = 0;
        for (Line line : known) {
            files += line.files0 + line.files.size();
            bytes += line.bytes0;
            rows += line.rows0;
            for (StagedFile file : line.files) {
                bytes += file.bytes();
                rows += file.rows();
            }
        }
        Line sum = new Line(query, known.get(known.size() - 1).batch, List.of(), files, bytes, rows);
        known.clear();
        known.add(sum);
        known.add(last);
        rewrite();
    }

    /** Keeps what the next first line sums up; doing it again after a crash writes the same file. */
    private void archive() {
        List<Line> moved = known.subList(1, known.size() - 1);
        if (moved.isEmpty()) {
            return;
        }
        String name = String.format("%019d", moved.get(moved.size() - 1).batch);
        Path file = archive(lines.file()).resolve(name);
        try (CheckedLines archived = CheckedLines.open(files, file, MAGIC, VERSION, new ArrayList<>())) {
            archived.rewrite(moved.stream().map(line -> encode(line, false)).toList());
        }
    }

    private void rewrite() {
        List<String> payloads = new ArrayList<>(known.size());
        for (int i = 0; i < known.size(); i++) {
            payloads.add(encode(known.get(i), i == 0));
        }
        lines.rewrite(payloads);
    }

    private static String encode(Line line, boolean first) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = StagedFile.JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("query", line.query);
            json.writeNumberField("batch", line.batch);
            StagedFile.write(json, line.files);
            if (first) {
                json.writeNumberField("earlierFiles", line.files0);
                json.writeNumberField("earlierBytes", line.bytes0);
                json.writeNumberField("earlierRows", line.rows0);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    private static Line decode(String payload, Path file, int number) {
        String query = "";
        long batch = Long.MIN_VALUE;
        List<StagedFile> files = List.of();
        long[] earlier = new long[3];
        try (JsonParser json = StagedFile.JSON.createParser(payload)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "query" -> query = json.getText();
                    case "batch" -> batch = json.getLongValue();
                    case "files" -> files = StagedFile.read(json);
                    case "earlierFiles" -> earlier[0] = json.getLongValue();
                    case "earlierBytes" -> earlier[1] = json.getLongValue();
                    case "earlierRows" -> earlier[2] = json.getLongValue();
                    default -> json.skipChildren();
                }
            }
        } catch (IOException e) {
            throw ErrorCode.CHECKPOINT_CORRUPT.error(file + ", line " + number + ": no line of a manifest", e);
        }
        if (batch == Long.MIN_VALUE) {
            throw ErrorCode.CHECKPOINT_CORRUPT.error(file + ", line " + number + ": no line of a manifest");
        }
        return new Line(query, batch, files, earlier[0], earlier[1], earlier[2]);
    }

    @Override
    public void close() {
        lines.close();
    }
}
