package io.rivulet.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** A directory that a stream reads, where files appear whole: they are written under a hidden name, then renamed. */
final class InputFiles {
    private final Path directory;

    /** @param directory made when there is none */
    InputFiles(Path directory) {
        try {
            this.directory = Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void put(String name, String text) {
        put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String name, byte[] content) {
        try {
            show(hide(name, content), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void put(String name, String text, FileTime modified) {
        try {
            Path hidden = hide(name, text.getBytes(StandardCharsets.UTF_8));
            Files.setLastModifiedTime(hidden, modified);
            show(hidden, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path hide(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve("_" + name), content);
    }

    private void show(Path hidden, String name) throws IOException {
        Files.move(hidden, directory.resolve(name));
    }

    /** The path for a reader. */
    @Override
    public String toString() {
        return directory.toString();
    }
}
