package io.rivulet.files;

import io.rivulet.error.ErrorCode;
import io.rivulet.file.FileErrors;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * What the path of a source stands for: one file, the files directly in a directory, or those that a glob matches
 * (component by component; {@code **} is any number of directories; a matching directory stands for the files in it).
 * The files in directories named {@code column=value} count as those of the directory above, see {@link PartitionPath}.
 * A directory that a file sink writes to stands for the files in its manifest; a glob for files does not look at it.
 * Names that begin with {@code .}, or with {@code _} and hold no {@code =}, are passed over unless the path spells them
 * out.
 */
final class InputPaths {
    private final Path root;
    private final List<Level> levels;

    /**
     * What the names in one directory must match.
     *
     * @param anyDepth whether it stands for any number of directories
     * @param hidden whether it spells out names that are passed over else
     */
    private record Level(boolean anyDepth, boolean hidden, PathMatcher names) {
        static Level of(String glob) {
            boolean anyDepth = glob.equals("**");
            return new Level(
                    anyDepth,
                    glob.startsWith(".") || glob.startsWith("_"),
                    FileSystems.getDefault().getPathMatcher("glob:" + (anyDepth ? "*" : glob)));
        }
    }

    private InputPaths(Path root, List<Level> levels) {
        this.root = root;
        this.levels = levels;
    }

    /**
     * What a text stands for.
     *
     * @throws io.rivulet.error.RivuletException PATH_NOT_FOUND when there is nothing that could ever match, BAD_OPTION
     *     for what is no glob
     */
    static InputPaths of(String text) {
        Path path = literal(text);
        if (path != null && Files.exists(path)) {
            return new InputPaths(path, List.of());
        }
        if (!isGlob(text)) {
            throw notFound(text, text);
        }
        String[] parts = text.split("/", -1);
        int fixed = 0;
        while (!isGlob(parts[fixed])) {
            fixed++;
        }
        String prefix = String.join("/", List.of(parts).subList(0, fixed));
        Path root = Path.of(fixed > 0 && prefix.isEmpty() ? "/" : prefix).toAbsolutePath();
        if (!Files.isDirectory(root)) {
            throw notFound(text, root.toString());
        }
        return new InputPaths(root, levels(text, List.of(parts).subList(fixed, parts.length)));
    }

    private static List<Level> levels(String text, List<String> globs) {
        try {
            return globs.stream().map(Level::of).toList();
        } catch (PatternSyntaxException e) {
            throw ErrorCode.BAD_OPTION.error(
                    "the input path " + text + " is no glob: " + e.getDescription() + " in '" + e.getPattern()
                            + "'. Globs hold *, ?, [a-z] and {a,b}, none of them across a /; a \\ before one of these"
                            + " characters makes it stand for itself",
                    e);
        }
    }

    private static @org.jspecify.annotations.Nullable Path literal(String text) {
        try {
            return Path.of(text).toAbsolutePath();
        } catch (java.nio.file.InvalidPathException e) {
            return null; // a glob on a system whose names cannot hold its characters
        }
    }

    private static io.rivulet.error.RivuletException notFound(String text, String missing) {
        String because = text.equals(missing) ? "" : " (" + missing + " is no directory)";
        return ErrorCode.PATH_NOT_FOUND.error("the input path " + text + " does not exist" + because
                + "; the working directory is " + Path.of("").toAbsolutePath());
    }

    private static boolean isGlob(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
    }

    /** The directory below which names of directories give values: the path itself, or its part before a glob. */
    Path base() {
        Path parent = root.getParent();
        return levels.isEmpty() && parent != null && !Files.isDirectory(root) ? parent : root;
    }

    /**
     * What there is.
     *
     * @param files all matching files, each once, in no particular order
     * @param outputs directories that a file sink writes to; their files are in their manifests
     * @param directories where changes mean that there may be more
     */
    record Found(Set<Path> files, Set<Path> outputs, Set<Path> directories) {}

    Found find() {
        Found found = new Found(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        try {
            if (levels.isEmpty()) {
                take(root, found);
            } else {
                descend(root, 0, found);
            }
        } catch (IOException e) {
            throw FileErrors.wrap("list", root, e);
        }
        return found;
    }

    private void take(Path path, Found found) throws IOException {
        if (Files.exists(Manifest.file(path))) {
            found.outputs.add(path);
            found.directories.add(path.resolve("_rivulet"));
            found.directories.add(Manifest.staging(path));
        } else if (Files.isDirectory(path)) {
            for (Path entry : entries(path, found)) {
                if (!isShown(entry)) {
                    continue;
                }
                if (PartitionPath.isPartition(entry) && Files.isDirectory(entry)) {
                    take(entry, found);
                } else if (Files.isRegularFile(entry)) {
                    found.files.add(entry);
                }
            }
        } else {
            Path parent = path.getParent();
            if (parent != null) {
                found.directories.add(parent);
            }
            found.files.add(path);
        }
    }

    private void descend(Path directory, int depth, Found found) throws IOException {
        Level level = levels.get(depth);
        boolean last = depth == levels.size() - 1;
        if (level.anyDepth && !last) {
            descend(directory, depth + 1, found);
        }
        for (Path entry : entries(directory, found)) {
            Path name = entry.getFileName();
            if (name == null || !level.names.matches(name) || !(level.hidden || isShown(entry))) {
                continue;
            }
            if (Files.isDirectory(entry)) {
                if (level.anyDepth) {
                    descend(entry, depth, found);
                } else if (!last) {
                    descend(entry, depth + 1, found);
                } else {
                    take(entry, found);
                }
            } else if (last) {
                found.files.add(entry);
            }
        }
    }

    private static List<Path> entries(Path directory, Found found) throws IOException {
        found.directories.add(directory);
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        return entries;
    }

    /** As Spark has it: a column may be named {@code _x}, and so its directories. */
    private static boolean isShown(Path path) {
        String name = String.valueOf(path.getFileName());
        return !name.startsWith(".") && (!name.startsWith("_") || name.indexOf('=') > 0);
    }
}
