package io.rivulet.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.rivulet.error.ErrorCode;
import io.rivulet.file.FileAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every file a source has ever listed, by ordinal: what offsets refer to. Kept in memory and, when the query has a
 * checkpoint, in {@code <checkpoint>/sources/<id>/files}, one line of JSON per file:
 * {@code {"n":0,"path":"…","size":1,"mtime":2}}, see {@link CheckedLines}. A second line of the same ordinal replaces the
 * first; that happens only to files of which nothing was planned yet. One thread.
 */
final class FileList implements AutoCloseable {
    private static final String MAGIC = "rivulet-file-list";
    private static final int VERSION = 1;
    private static final JsonFactory JSON = new JsonFactory();

    private final List<FileEntry> entries = new ArrayList<>();
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final @Nullable CheckedLines lines;

    private FileList(@Nullable CheckedLines lines) {
        this.lines = lines;
    }

    /** The list kept in a directory, which is made by the first {@link #add}; in memory only when it is null. */
    static FileList open(FileAccess files, @Nullable Path directory) {
        if (directory == null) {
            return new FileList(null);
        }
        List<String> payloads = new ArrayList<>();
        CheckedLines lines = CheckedLines.open(files, directory.resolve("files"), MAGIC, VERSION, payloads);
        FileList list = new FileList(lines);
        for (int i = 0; i < payloads.size(); i++) {
            list.load(payloads.get(i), i + 2, lines);
        }
        return list;
    }

    private void load(String payload, int line, CheckedLines from) {
        long n = -1;
        long size = -1;
        long modified = -1;
        String path = null;
        try (JsonParser parser = JSON.createParser(payload)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "n" -> n = parser.getLongValue();
                    case "size" -> size = parser.getLongValue();
                    case "mtime" -> modified = parser.getLongValue();
                    case "path" -> path = parser.getText();
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw ErrorCode.CHECKPOINT_CORRUPT.error(from.file() + ", line " + line + ": no entry of a file list", e);
        }
        if (path == null || n < 0 || n > entries.size()) {
            throw ErrorCode.CHECKPOINT_CORRUPT.error(from.file() + ", line " + line + ": no entry of a file list");
        }
        put((int) n, new FileEntry(path, size, modified));
    }

    private void put(int ordinal, FileEntry entry) {
        if (ordinal == entries.size()) {
            entries.add(entry);
        } else {
            entries.set(ordinal, entry);
        }
        ordinals.put(entry.path(), ordinal);
    }

    int size() {
        return entries.size();
    }

    FileEntry get(int ordinal) {
        return entries.get(ordinal);
    }

    /** The ordinal of a path, or -1. */
    int ordinal(String path) {
        return ordinals.getOrDefault(path, -1);
    }

    /** Adds new files, in order; durable on return. */
    void add(List<FileEntry> fresh) {
        List<String> payloads = new ArrayList<>(fresh.size());
        for (int i = 0; i < fresh.size(); i++) {
            payloads.add(encode(entries.size() + i, fresh.get(i)));
        }
        write(payloads);
        for (FileEntry entry : fresh) {
            put(entries.size(), entry);
        }
    }

    /** Replaces a file of which nothing was planned; durable on return. */
    void replace(int ordinal, FileEntry entry) {
        write(List.of(encode(ordinal, entry)));
        put(ordinal, entry);
    }

    private void write(List<String> payloads) {
        if (lines == null || payloads.isEmpty()) {
            return;
        }
        if (lines.broken()) {
            List<String> all = new ArrayList<>(entries.size());
            for (int i = 0; i < entries.size(); i++) {
                all.add(encode(i, entries.get(i)));
            }
            lines.rewrite(all);
        }
        lines.append(payloads);
    }

    private static String encode(int ordinal, FileEntry entry) {
        String path = new String(JsonStringEncoder.getInstance().quoteAsString(entry.path()));
        return "{\"n\":" + ordinal + ",\"path\":\"" + path + "\",\"size\":" + entry.size() + ",\"mtime\":"
                + entry.modified() + "}";
    }

    @Override
    public void close() {
        if (lines != null) {
            lines.close();
        }
    }
}
