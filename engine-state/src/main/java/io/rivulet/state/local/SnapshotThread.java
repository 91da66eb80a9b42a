package io.rivulet.state.local;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.file.FileErrors;
import io.rivulet.state.local.format.CheckpointFiles;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where snapshots are written and files deleted, in order, off the batch's path. The thread is made when it is needed.
 * Called from the log's thread only.
 */
final class SnapshotThread implements Executor, AutoCloseable {
    private final boolean inline;
    private final String name;
    private @Nullable ExecutorService thread;
    private boolean closed;

    private SnapshotThread(boolean inline, String name) {
        this.inline = inline;
        this.name = name;
    }

    /** A daemon thread of its own. */
    static SnapshotThread background(String name) {
        return new SnapshotThread(false, name);
    }

    /** Everything at once on the caller's thread: file calls then come in a fixed order. */
    static SnapshotThread inline() {
        return new SnapshotThread(true, "");
    }

    @Override
    public void execute(Runnable task) {
        if (inline || closed) {
            task.run();
            return;
        }
        ExecutorService running = thread;
        if (running == null) {
            running = Executors.newSingleThreadExecutor(runnable -> {
                Thread made = new Thread(runnable, name);
                made.setDaemon(true);
                return made;
            });
            thread = running;
        }
        running.execute(task);
    }

    /** Waits for what was begun; later tasks run on their caller's thread. */
    @Override
    public void close() {
        closed = true;
        ExecutorService running = thread;
        if (running == null) {
            return;
        }
        running.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (running.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static RivuletException asError(CheckpointFiles paths, Exception failure) {
        if (failure instanceof RivuletException e) {
            return e;
        }
        if (failure instanceof IOException e) {
            return FileErrors.wrap("write a snapshot in", paths.snapshots(), e);
        }
        return ErrorCode.INTERNAL.error("a snapshot in " + paths.snapshots() + " failed", failure);
    }
}
