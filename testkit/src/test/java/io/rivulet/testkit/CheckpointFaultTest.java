package io.rivulet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.state.local.LocalCheckpointProvider;
import io.rivulet.streaming.ModelQuery;
import io.rivulet.streaming.ModelQuery.Setup;
import io.rivulet.streaming.ModelQuery.Sink;
import io.rivulet.testkit.FaultyFileAccess.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every file call of a run of twenty batches with snapshots and a change of parallelism is broken in turn; then the
 * query goes on, and nothing is lost, given out twice or different.
 */
class CheckpointFaultTest {
    private static final int BATCHES = 20;

    @TempDir
    Path temporary;

    private Setup setup(Path directory, FaultyFileAccess files, int partitions) {
        return new Setup(
                LocalCheckpointProvider.deterministic(2500), directory.resolve("checkpoint"), files, partitions, 3);
    }

    /** Runs to the 20th batch, in two runs with different parallelism. */
    private void run(Path directory, FaultyFileAccess files, Sink sink) {
        part(setup(directory, files, 1), sink, BATCHES / 2);
        part(setup(directory, files, 2), sink, BATCHES);
    }

    private static void part(Setup setup, Sink sink, int until) {
        ModelQuery query = new ModelQuery(setup, sink);
        try {
            while (query.next() < until) {
                query.run(1);
            }
        } catch (RivuletException e) {
            query.abandon();
            throw e;
        }
        query.close();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void theQueryGoesOnRightAfterAnyBrokenCall(Fault fault) throws IOException {
        FaultyFileAccess whole = new FaultyFileAccess(Files.createDirectories(temporary.resolve("whole")));
        run(temporary.resolve("whole"), whole, new Sink());
        int failures = 0;
        for (long call = 1; call <= whole.calls(); call++) {
            Path directory = Files.createDirectories(temporary.resolve("at-" + call));
            FaultyFileAccess files = new FaultyFileAccess(directory);
            Sink sink = new Sink();
            files.breakAt(call, fault);
            try {
                run(directory, files, sink);
            } catch (RivuletException e) {
                failures++;
                assertThat(e.code())
                        .as("call %s: %s", call, e)
                        .isEqualTo(fault == Fault.NO_SPACE ? ErrorCode.NO_SPACE : ErrorCode.IO_ERROR);
            }
            try {
                files.restart();
                run(directory, files, sink);
                files.losePower();
                try (ModelQuery query = new ModelQuery(setup(directory, files, 2), sink)) {
                    query.run(2);
                    sink.assertWhole();
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("after " + fault + " at call " + call, e);
            }
        }
        assertThat(failures).isGreaterThan((int) whole.calls() / 2);
    }
}
