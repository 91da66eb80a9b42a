package io.rivulet.bench.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs the parts of a loop, one thread each. */
final class LoopThreads {
    private LoopThreads() {}

    /** The parts' results in the order of their numbers; the first failure is thrown on. */
    static <T> List<T> run(int threads, IntFunction<T> part) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                running.add(pool.submit(() -> part.apply(number)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : running) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The loop was interrupted.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A thread of the loop failed: " + e.getCause(), e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** Where part {@code number} of {@code threads} equal contiguous parts begins, in whole arrays. */
    static long partStart(long events, int threads, int number) {
        if (number == threads) {
            return events;
        }
        long arrays = (events + EventFill.ARRAY_ROWS - 1) / EventFill.ARRAY_ROWS;
        return Math.min(events, arrays * number / threads * EventFill.ARRAY_ROWS);
    }
}
