package io.rivulet.testkit;

import io.rivulet.file.FileAccess;
import io.rivulet.file.LocalFileAccess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * File access to a real directory that breaks at a chosen call and can lose power: then only what was synced stays,
 * names included. Calls are counted from 1, every method of {@link FileAccess} and its outputs counts as one.
 *
 * <pre>{@code
 * var files = new FaultyFileAccess(directory);
 * files.breakAt(17, FaultyFileAccess.Fault.POWER_LOSS);
 * // … run until it fails …
 * files.restart();
 * // … open again and compare …
 * }</pre>
 *
 * Syncs are only simulated, so tests are quick. Files that others make in the directory without it (locks) are left
 * alone. Thread-safe.
 */
public final class FaultyFileAccess implements FileAccess {
    /** What happens at the chosen call. */
    public enum Fault {
        /** The call fails and changes nothing. A failed sync leaves its file such that it never becomes durable. */
        ERROR,
        /** Half of the bytes are written, then the call fails; calls that write nothing fail like {@link #ERROR}. */
        TORN_WRITE,
        /** The disk is full: like {@link #TORN_WRITE}, once, with the operating system's message. */
        NO_SPACE,
        /** The process dies: this call and all after it fail until {@link #restart}; files stay as they are. */
        KILL,
        /** The machine dies: as {@link #KILL}, and after {@link #restart} only what was synced is there. */
        POWER_LOSS,
        /** The machine dies, but some of what was not synced has reached the disk, in any order. */
        POWER_LOSS_PARTIAL
    }

    private static final int PAGE = 512;

    /** The bytes of a file, whatever it is called. */
    private static final class Content {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int durable;
        private boolean syncFailed;

        Content(byte[] initial) {
            bytes.writeBytes(initial);
            durable = initial.length;
        }

        void sync() {
            if (!syncFailed) {
                durable = bytes.size();
            }
        }
    }

    private final Path root;
    private final FileAccess disk = LocalFileAccess.INSTANCE;
    private final Map<Path, Content> files = new TreeMap<>();
    private final TreeSet<Path> directories = new TreeSet<>();
    private final Map<Path, Content> durableFiles = new TreeMap<>();
    private final TreeSet<Path> durableDirectories = new TreeSet<>();
    private long calls;
    private long breakAt;
    private Fault fault = Fault.ERROR;
    private boolean hit;
    private boolean dead;

    /** @param root the directory it watches; what is in it counts as durable */
    public FaultyFileAccess(Path root) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        try (Stream<Path> all = Files.walk(this.root)) {
            for (Path path : all.toList()) {
                if (Files.isDirectory(path)) {
                    directories.add(path);
                } else {
                    files.put(path, new Content(Files.readAllBytes(path)));
                }
            }
        }
        durableFiles.putAll(files);
        durableDirectories.addAll(directories);
    }

    /** Breaks the {@code call}-th call from the beginning; 0 breaks none. */
    public synchronized void breakAt(long call, Fault how) {
        breakAt = call;
        fault = how;
        hit = false;
    }

    /** The number of calls so far. */
    public synchronized long calls() {
        return calls;
    }

    /** Whether the chosen call has been made. */
    public synchronized boolean hit() {
        return hit;
    }

    /**
     * Starts process or machine again: calls work, none is chosen any more. After a loss of power the directory is as
     * the disk kept it.
     */
    public synchronized void restart() throws IOException {
        if (dead && fault == Fault.POWER_LOSS) {
            losePower(null);
        } else if (dead && fault == Fault.POWER_LOSS_PARTIAL) {
            losePower(new Random(breakAt));
        }
        dead = false;
        breakAt = 0;
    }

    /** Loses power now: only what was synced stays. */
    public synchronized void losePower() throws IOException {
        losePower(null);
    }

    private void losePower(@Nullable Random kept) throws IOException {
        if (kept != null) {
            for (Path directory : List.copyOf(directories)) {
                if (kept.nextBoolean()) {
                    namesBecomeDurable(directory);
                }
            }
        }
        durableDirectories.removeIf(d -> !reachable(d));
        durableFiles.keySet().removeIf(f -> !reachable(f));
        for (Path file : files.keySet()) {
            Files.deleteIfExists(file);
        }
        for (Path directory : directories.descendingSet()) {
            if (!durableDirectories.contains(directory) && Files.isDirectory(directory)) {
                deleteTree(directory);
            }
        }
        files.clear();
        directories.clear();
        for (Path directory : durableDirectories) {
            Files.createDirectories(directory);
            directories.add(directory);
        }
        for (Map.Entry<Path, Content> entry : durableFiles.entrySet()) {
            byte[] left = left(entry.getValue(), kept);
            Files.write(entry.getKey(), left);
            files.put(entry.getKey(), new Content(left));
        }
        durableFiles.clear();
        durableFiles.putAll(files);
    }

    private boolean reachable(Path path) {
        for (Path at = path.getParent(); at != null && !at.equals(root) && at.startsWith(root); at = at.getParent()) {
            if (!durableDirectories.contains(at)) {
                return false;
            }
        }
        return true;
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    /** What of a file is on disk: the synced part, and of the rest none or some of the pages. */
    private static byte[] left(Content content, @Nullable Random kept) {
        byte[] all = content.bytes.toByteArray();
        if (kept == null || kept.nextBoolean()) {
            return Arrays.copyOf(all, content.durable);
        }
        byte[] some = Arrays.copyOf(all, content.durable + kept.nextInt(all.length - content.durable + 1));
        for (int at = content.durable; at < some.length; at += PAGE) {
            if (kept.nextInt(3) == 0) {
                Arrays.fill(some, at, Math.min(at + PAGE, some.length), (byte) 0);
            }
        }
        return some;
    }

    private void namesBecomeDurable(Path directory) {
        // a rename is one change: its old name does not go without its new one being there
        Map<Path, Content> renamed = new TreeMap<>();
        durableFiles.forEach((f, content) -> {
            if (directory.equals(f.getParent()) && !files.containsKey(f)) {
                files.forEach((now, same) -> {
                    if (same == content) {
                        renamed.put(now, content);
                    }
                });
            }
        });
        durableFiles.putAll(renamed);
        durableFiles.keySet().removeIf(f -> directory.equals(f.getParent()) && !files.containsKey(f));
        durableDirectories.removeIf(d -> directory.equals(d.getParent()) && !directories.contains(d));
        files.forEach((f, content) -> {
            if (directory.equals(f.getParent())) {
                durableFiles.put(f, content);
            }
        });
        for (Path d : directories) {
            if (directory.equals(d.getParent())) {
                durableDirectories.add(d);
            }
        }
    }

    // ------------------------------------------------------------------ calls

    /** Counts a call; true when it is to fail half-way. */
    private boolean enter(String call) throws IOException {
        if (dead) {
            throw new IOException("the process has died (simulated)");
        }
        calls++;
        if (calls != breakAt) {
            return false;
        }
        hit = true;
        switch (fault) {
            case KILL, POWER_LOSS, POWER_LOSS_PARTIAL -> dead = true;
            default -> {}
        }
        if (call.equals("write") && fault != Fault.ERROR) {
            return true;
        }
        throw failure(call);
    }

    private IOException failure(String call) {
        return new IOException(
                fault == Fault.NO_SPACE ? "No space left on device" : call + " failed (simulated " + fault + ")");
    }

    private static Path normal(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private Content content(Path file) throws IOException {
        Content known = files.get(normal(file));
        if (known == null) {
            known = new Content(disk.read(file));
            files.put(normal(file), known);
            durableFiles.put(normal(file), known);
        }
        return known;
    }

    @Override
    public synchronized Output create(Path file) throws IOException {
        enter("create");
        Output output = disk.create(file);
        Content content = new Content(new byte[0]);
        files.put(normal(file), content);
        return new FaultyOutput(output, content);
    }

    @Override
    public synchronized Output append(Path file) throws IOException {
        enter("append");
        Content content = content(file);
        return new FaultyOutput(disk.append(file), content);
    }

    @Override
    public synchronized void truncate(Path file, long length) throws IOException {
        enter("truncate");
        Content content = content(file);
        byte[] left = Arrays.copyOf(content.bytes.toByteArray(), (int) Math.min(length, content.bytes.size()));
        Files.write(file, left);
        content.bytes.reset();
        content.bytes.writeBytes(left);
        content.durable = Math.min(content.durable, left.length);
        content.sync();
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        enter("rename");
        Content content = content(from);
        disk.rename(from, to);
        files.remove(normal(from));
        files.put(normal(to), content);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        enter("delete");
        if (disk.exists(file) && !Files.isDirectory(file)) {
            content(file);
        }
        disk.delete(file);
        files.remove(normal(file));
        directories.remove(normal(file));
    }

    @Override
    public synchronized void createDirectories(Path directory) throws IOException {
        enter("createDirectories");
        disk.createDirectories(directory);
        for (Path at = normal(directory); at != null && at.startsWith(root); at = at.getParent()) {
            directories.add(at);
        }
    }

    @Override
    public synchronized void syncDirectory(Path directory) throws IOException {
        enter("syncDirectory");
        namesBecomeDurable(normal(directory));
    }

    @Override
    public synchronized boolean exists(Path file) throws IOException {
        enter("exists");
        return disk.exists(file);
    }

    @Override
    public synchronized List<Path> list(Path directory) throws IOException {
        enter("list");
        return disk.list(directory);
    }

    @Override
    public synchronized byte[] read(Path file) throws IOException {
        enter("read");
        return disk.read(file);
    }

    @Override
    public synchronized byte[] read(Path file, long position, int length) throws IOException {
        enter("read");
        return disk.read(file, position, length);
    }

    @Override
    public synchronized long size(Path file) throws IOException {
        enter("size");
        return disk.size(file);
    }

    private final class FaultyOutput implements Output {
        private final Output output;
        private final Content content;

        FaultyOutput(Output output, Content content) {
            this.output = output;
            this.content = content;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            synchronized (FaultyFileAccess.this) {
                boolean torn = enter("write");
                ByteBuffer part = bytes.slice();
                if (torn) {
                    part.limit(part.remaining() / 2);
                }
                byte[] copy = new byte[part.remaining()];
                part.get(copy);
                output.write(ByteBuffer.wrap(copy));
                content.bytes.writeBytes(copy);
                if (torn) {
                    throw failure("write");
                }
                bytes.position(bytes.limit());
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (FaultyFileAccess.this) {
                try {
                    enter("sync");
                } catch (IOException e) {
                    content.syncFailed = true;
                    throw e;
                }
                content.sync();
            }
        }

        @Override
        public long position() throws IOException {
            synchronized (FaultyFileAccess.this) {
                enter("position");
                return output.position();
            }
        }

        @Override
        public void close() throws IOException {
            synchronized (FaultyFileAccess.this) {
                output.close(); // also when dead: the operating system closes files
                enter("close");
            }
        }
    }
}
