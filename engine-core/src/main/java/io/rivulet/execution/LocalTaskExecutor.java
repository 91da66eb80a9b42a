package io.rivulet.execution;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in this process: the calling thread takes one, daemon threads take the others. Threads are made when they
 * are first needed and end when they have been idle for a while. Thread-safe.
 */
public final class LocalTaskExecutor implements TaskExecutor {
    private static final long IDLE_SECONDS = 10;
    private final int parallelism;
    private final ExecutorService threads;

    /** @param parallelism how many tasks of one query run at once; at least 1 */
    public LocalTaskExecutor(int parallelism) {
        this.parallelism = parallelism;
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                parallelism, parallelism, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "rivulet-task-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    @Override
    public int parallelism() {
        return parallelism;
    }

    @Override
    public void runAll(List<Runnable> tasks) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        CountDownLatch others = new CountDownLatch(tasks.size() - 1);
        for (int i = 1; i < tasks.size(); i++) {
            Runnable task = tasks.get(i);
            threads.execute(() -> {
                try {
                    runOne(task, failure);
                } finally {
                    others.countDown();
                }
            });
        }
        runOne(tasks.get(0), failure);
        boolean interrupted = false;
        while (true) {
            try {
                others.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // tasks own state that may not be left half done: wait for them all the same
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable failed = failure.get();
        if (failed instanceof RuntimeException e) {
            throw e;
        }
        if (failed instanceof Error e) {
            throw e;
        }
    }

    private static void runOne(Runnable task, AtomicReference<@Nullable Throwable> failure) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            note(e, failure);
        }
    }

    private static void note(Throwable failed, AtomicReference<@Nullable Throwable> failure) {
        if (!failure.compareAndSet(null, failed)) {
            Throwable first = failure.get();
            if (first != null && first != failed) {
                first.addSuppressed(failed);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
