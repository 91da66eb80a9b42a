package io.rivulet.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The tree that the tests run in. */
final class SourceTree {
    private SourceTree() {}

    /** Its top directory, the one with the launcher. */
    static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.exists(directory.resolve("rivulet"))) {
            directory = directory.getParent();
        }
        if (directory == null) {
            throw new IllegalStateException(
                    "not inside a source tree: " + Path.of("").toAbsolutePath());
        }
        return directory;
    }

    /** Files below the top directory whose names end so, without build output; relative, with {@code /} between names. */
    static List<String> files(String suffix) {
        Path root = root();
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.map(path -> root.relativize(path).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(suffix))
                    .filter(name -> !name.contains("target/") && !name.startsWith(".git/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file, by its name relative to the top directory. */
    static String text(String name) {
        try {
            return Files.readString(root().resolve(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
