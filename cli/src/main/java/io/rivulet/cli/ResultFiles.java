package io.rivulet.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a file sink has published in a directory: the text of each file by name. */
record ResultFiles(TreeMap<String, String> files) {
    /** Reads a directory as any reader of such files does: names that begin with {@code _} or {@code .} are no data. */
    static ResultFiles in(Path directory) {
        TreeMap<String, String> files = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> entries = Files.list(directory)) {
                for (Path file : entries.filter(Files::isRegularFile).toList()) {
                    String name = String.valueOf(file.getFileName());
                    if (!name.startsWith("_") && !name.startsWith(".")) {
                        files.put(name, Files.readString(file, StandardCharsets.UTF_8));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new ResultFiles(files);
    }

    /** The rows of all files without their headers, sorted: doubled and missing rows show. */
    List<String> sortedRows() {
        List<String> rows = new ArrayList<>();
        for (String text : files.values()) {
            rows.addAll(text.lines().skip(1).toList());
        }
        rows.sort(null);
        return rows;
    }

    /** Bytes of all files. */
    long bytes() {
        return files.values().stream()
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    @Override
    public String toString() {
        return ProgressLine.count(files.size()) + " files, "
                + ProgressLine.count(sortedRows().size()) + " rows, " + ProgressLine.count(bytes()) + " bytes";
    }
}
