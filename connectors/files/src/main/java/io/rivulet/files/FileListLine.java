package io.rivulet.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A line of a {@link FileList}, as JSON:
 *
 * <pre>
 * {"first":1200,"horizon":1700000000000000}          at most one, at the top; both in effect from there on
 * {"output":"/data/out","batch":17,"files":40}       a manifest was read through this batch, so many files
 * {"n":1200,"path":"/data/in/a.csv","size":1,"mtime":2,"horizon":3}    a file; the horizon may be missing
 * </pre>
 *
 * A second line of the same ordinal replaces the first; that happens only to files of which nothing was planned yet.
 * Times are microseconds since the epoch. Version 1 has lines of the third kind only, without a horizon.
 */
sealed interface FileListLine {
    /** Makes parsers; thread-safe. */
    JsonFactory JSON = new JsonFactory();

    /** The text of the line. */
    String payload();

    /** What has left the list lies before. */
    record Beginning(int first, long horizon) implements FileListLine {
        @Override
        public String payload() {
            return "{\"first\":" + first + ",\"horizon\":" + horizon + "}";
        }
    }

    /** How far the manifest of an output directory was read. */
    record Manifest(String output, CommittedFiles.Position position) implements FileListLine {
        @Override
        public String payload() {
            return "{\"output\":\"" + quoted(output) + "\",\"batch\":" + position.batch() + ",\"files\":"
                    + position.files() + "}";
        }
    }

    /**
     * A file.
     *
     * @param horizon as it is when the file is in the list, or {@link FileList#NONE} when that does not move it
     */
    record File(int ordinal, FileEntry entry, long horizon) implements FileListLine {
        @Override
        public String payload() {
            return "{\"n\":" + ordinal + ",\"path\":\"" + quoted(entry.path()) + "\",\"size\":" + entry.size()
                    + ",\"mtime\":" + entry.modified() + (horizon == FileList.NONE ? "" : ",\"horizon\":" + horizon)
                    + "}";
        }
    }

    /** The line of a text; null when it is none. */
    static @Nullable FileListLine parse(String payload) {
        long n = -1;
        long size = -1;
        long modified = -1;
        long first = -1;
        long horizon = FileList.NONE;
        long batch = -2;
        long count = -1;
        String path = null;
        String output = null;
        try (JsonParser parser = JSON.createParser(payload)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "n" -> n = parser.getIntValue();
                    case "size" -> size = parser.getLongValue();
                    case "mtime" -> modified = parser.getLongValue();
                    case "path" -> path = parser.getText();
                    case "first" -> first = parser.getIntValue();
                    case "horizon" -> horizon = parser.getLongValue();
                    case "output" -> output = parser.getText();
                    case "batch" -> batch = parser.getLongValue();
                    case "files" -> count = parser.getLongValue();
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException e) {
            return null;
        }
        if (path != null && n >= 0) {
            return new File((int) n, new FileEntry(path, size, modified), horizon);
        }
        if (output != null && batch >= -1 && count >= 0) {
            return new Manifest(output, new CommittedFiles.Position(batch, count));
        }
        return first >= 0 ? new Beginning((int) first, horizon) : null;
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
