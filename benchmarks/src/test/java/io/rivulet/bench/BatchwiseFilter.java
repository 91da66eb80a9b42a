package io.rivulet.bench;

import io.rivulet.bench.workload.EventFill;
import io.rivulet.bench.workload.RowChecksum;
import io.rivulet.bench.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A small engine for W3 alone: batch by batch, with the next batch's number as its checkpoint. It reports a batch before
 * it moves its checkpoint, so a killed run reports one batch twice.
 */
public class BatchwiseFilter implements WorkloadEngine {
    private static final int BATCH_EVENTS = 20_000;

    @Override
    public EngineCost run(WorkloadRun run) {
        if (run.workload() != Workload.W3) {
            throw new IllegalArgumentException("W3 only");
        }
        Path checkpoint = run.checkpoint();
        long batch = restore(checkpoint);
        long before = batch;
        for (; batch * BATCH_EVENTS < run.count(); batch++) {
            long from = batch * BATCH_EVENTS;
            commit(run, batch, from, Math.min(run.count(), from + BATCH_EVENTS));
            run.commits().consumed(Math.min(run.count(), from + BATCH_EVENTS));
            save(checkpoint, batch + 1);
        }
        return new EngineCost(batch - before, checkpoint == null ? 0 : 20 * (batch - before));
    }

    /** How a batch is answered; a broken engine does it otherwise. */
    void commit(WorkloadRun run, long batch, long from, long to) {
        RowChecksum checksum = new RowChecksum(1);
        long[] key = new long[1];
        double[] value = new double[1];
        for (long i = from; i < to; i++) {
            if ((i & 3) == 1) {
                run.events().fill(i, 1, null, key, value, null);
                checksum.begin(1);
                checksum.field(new double[] {value[0] * 2 + key[0]});
                checksum.end();
            }
        }
        run.commits().committed(batch, checksum.answer());
    }

    private static long restore(@Nullable Path checkpoint) {
        try {
            return checkpoint == null || !Files.exists(checkpoint.resolve("next"))
                    ? 0
                    : Long.parseLong(Files.readString(checkpoint.resolve("next"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void save(@Nullable Path checkpoint, long next) {
        if (checkpoint == null) {
            return;
        }
        try {
            Files.createDirectories(checkpoint);
            Path staged = checkpoint.resolve("next.staged");
            Files.writeString(staged, Long.toString(next), StandardCharsets.UTF_8);
            Files.move(staged, checkpoint.resolve("next"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loses the rows of one batch in ten. */
    public static final class Losing extends BatchwiseFilter {
        @Override
        void commit(WorkloadRun run, long batch, long from, long to) {
            if (batch % 10 != 5) {
                super.commit(run, batch, from, to);
            }
        }
    }

    /** Starts anew after a crash, with other batch numbers, so that rows are there twice. */
    public static final class Forgetful extends BatchwiseFilter {
        @Override
        public EngineCost run(WorkloadRun run) {
            return super.run(new WorkloadRun(
                    run.question(), run.count(), run.threads(), run.leastBatches(), null, run.commits()));
        }

        @Override
        void commit(WorkloadRun run, long batch, long from, long to) {
            super.commit(run, batch + ProcessHandle.current().pid() * 1_000_000L, from, to);
        }
    }

    static EventFill events() {
        return Workload.W3.events(1000);
    }
}
