package io.rivulet.testkit;

import io.rivulet.file.LocalFileAccess;
import io.rivulet.state.local.format.BatchCodec;
import io.rivulet.state.local.format.ByteReader;
import io.rivulet.state.local.format.CheckpointFiles.LogFile;
import io.rivulet.state.local.format.FileFormat;
import io.rivulet.state.local.format.FrameReader;
import io.rivulet.state.local.format.FrameType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Takes from a checkpoint's log what a crash would have kept from getting there. */
final class CheckpointCuts {
    private CheckpointCuts() {}

    /** Cuts everything behind the plan of a batch off the log, as if the process had died right after writing it. */
    static void cutBackToPlan(Path checkpoint, long batchId) throws IOException {
        try (Stream<Path> listed = Files.list(checkpoint.resolve("log"))) {
            List<LogFile> logs = listed.map(LogFile::of)
                    .filter(log -> log != null)
                    .sorted(LogFile.WRITTEN)
                    .toList();
            boolean found = false;
            for (LogFile log : logs) {
                if (found) {
                    Files.delete(log.path());
                    continue;
                }
                FrameReader frames = new FrameReader(LocalFileAccess.INSTANCE, log.path(), FileFormat.Kind.LOG);
                while (!found && frames.checkPrefix() && frames.next()) {
                    if (frames.type() == FrameType.PLANNED && plannedBatch(frames) == batchId) {
                        found = true;
                        LocalFileAccess.INSTANCE.truncate(log.path(), frames.end());
                    }
                }
            }
            if (!found) {
                throw new AssertionError("the log of " + checkpoint + " has no plan of batch " + batchId);
            }
        }
    }

    private static long plannedBatch(FrameReader frames) {
        ByteReader payload = frames.payload();
        payload.getVarint(); // the number of the frame
        return BatchCodec.readPlan(payload).batchId();
    }
}
