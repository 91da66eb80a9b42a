package io.rivulet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A fresh directory that is deleted with all it holds when closed. */
final class ScratchDirectory implements AutoCloseable {
    private final Path path;
    private int children;

    private ScratchDirectory(Path path) {
        this.path = path;
    }

    /** @param parent where to make it; null: the system's place for temporary files unless that is in memory, else the working directory */
    static ScratchDirectory create(@Nullable Path parent) throws IOException {
        Path place = parent;
        if (place == null) {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            boolean memory = Files.getFileStore(temporary).type().equals("tmpfs");
            place = memory ? Path.of("").toAbsolutePath() : temporary;
        }
        Files.createDirectories(place);
        return new ScratchDirectory(Files.createTempDirectory(place, "rivulet-bench-"));
    }

    Path path() {
        return path;
    }

    /** A path inside that was not given out before; nothing is made there. */
    Path fresh(String name) {
        return path.resolve(name + "-" + children++);
    }

    /** Deletes a tree; one that does not exist is deleted already. */
    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(tree)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : deepestFirst) {
            Files.deleteIfExists(entry);
        }
    }

    @Override
    public void close() throws IOException {
        delete(path);
    }
}
