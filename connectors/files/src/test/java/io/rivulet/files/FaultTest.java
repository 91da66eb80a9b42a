package io.rivulet.files;

import static io.rivulet.files.Inputs.UTC;
import static io.rivulet.files.Inputs.batch;
import static io.rivulet.files.Inputs.csv;
import static io.rivulet.files.Inputs.modifiedAt;
import static io.rivulet.files.Inputs.read;
import static io.rivulet.files.Inputs.readAll;
import static io.rivulet.files.Inputs.row;
import static io.rivulet.files.Inputs.schema;
import static io.rivulet.files.Inputs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.Offset;
import io.rivulet.connector.OutputMode;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkContext;
import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.Source;
import io.rivulet.connector.SourceContext;
import io.rivulet.connector.WriteContext;
import io.rivulet.error.RivuletException;
import io.rivulet.file.FileAccess;
import io.rivulet.file.LocalFileAccess;
import io.rivulet.time.Clock;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every file call of a run fails in turn; the run goes on behind it and nothing is lost or given out twice. */
@NullUnmarked // a query without a log has no message
class FaultTest {
    private static final Schema AB = schema("a", DataType.BIGINT, "b", DataType.STRING);
    private static final int BATCHES = 4;

    @TempDir
    Path dir;

    private static Sink open(Path out, FileAccess files) {
        SinkContext context =
                new SinkContext("q", out.toString(), AB, OutputMode.APPEND, Map.of(), true, true, UTC, files);
        return new CsvConnector().sink().open(context);
    }

    /** A query of one sink: its log survives, the process need not. */
    private static final class Driver {
        private int next;
        private byte[] prepared;
        private int attempt;

        void run(Sink sink) {
            while (next < BATCHES) {
                if (prepared == null) {
                    SinkWriter writer = sink.writer(new WriteContext(next, 0, attempt++));
                    writer.write(batch(AB, List.of(row((long) next, "x"))));
                    prepared = writer.prepare().encode();
                }
                List<SinkMessage> messages = List.of(sink.decode(prepared));
                sink.commit(next, messages);
                next++;
                prepared = null;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FaultyFiles.Fault.class)
    void theSinkIsExactlyOnceWhateverCallFailsAndTheProcessRestarts(FaultyFiles.Fault fault) throws Exception {
        checkSink(fault, true);
    }

    @ParameterizedTest
    @EnumSource(FaultyFiles.Fault.class)
    void theSinkIsExactlyOnceWhateverCallFailsAndIsTriedAgain(FaultyFiles.Fault fault) throws Exception {
        checkSink(fault, false);
    }

    private void checkSink(FaultyFiles.Fault fault, boolean restart) throws Exception {
        for (int failing = 0; ; failing++) {
            Path out = dir.resolve(fault + "-" + failing);
            FaultyFiles files = new FaultyFiles(failing, fault);
            Driver driver = new Driver();
            Sink sink = null;
            while (driver.next < BATCHES) {
                try {
                    if (sink == null) {
                        sink = open(out, files.hasFailed() ? LocalFileAccess.INSTANCE : files);
                    }
                    driver.run(sink);
                } catch (RivuletException e) {
                    assertThat(e.code().name())
                            .isEqualTo(fault == FaultyFiles.Fault.NO_SPACE ? "NO_SPACE" : "IO_ERROR");
                    if (restart && sink != null) {
                        sink.close();
                        sink = null;
                    }
                }
            }
            sink.close();
            try (Source source = csv(out, AB, Map.of())) {
                List<List<Object>> rows = new ArrayList<>(readAll(source));
                rows.sort((x, y) -> Long.compare((Long) x.get(0), (Long) y.get(0)));
                assertThat(rows)
                        .as("call %d", failing)
                        .containsExactly(row(0L, "x"), row(1L, "x"), row(2L, "x"), row(3L, "x"));
            }
            open(out, LocalFileAccess.INSTANCE).close();
            if (!files.hasFailed()) {
                assertThat(failing).isGreaterThan(20);
                return;
            }
        }
    }

    private Source source(Path in, FileAccess files) {
        return new CsvConnector()
                .source()
                .open(new SourceContext(
                        in.toString(), AB, Map.of(), dir.resolve("sources/0"), true, UTC, files, Clock.system()));
    }

    @ParameterizedTest
    @EnumSource(FaultyFiles.Fault.class)
    void theFileListHoldsWhateverCallFails(FaultyFiles.Fault fault) throws Exception {
        Path in = dir.resolve("in");
        ReadLimit one = new ReadLimit(1, Long.MAX_VALUE, Long.MAX_VALUE);
        for (boolean restart : new boolean[] {true, false}) {
            for (int failing = 0; failing < 16; failing++) {
                Files.deleteIfExists(dir.resolve("sources/0/files"));
                Files.deleteIfExists(dir.resolve("sources/0/files.new"));
                FaultyFiles files = new FaultyFiles(failing, fault);
                Source source = source(Files.createDirectories(in), files);
                List<List<Object>> rows = new ArrayList<>();
                Offset at = source.initial();
                for (int i = 0; i < 4; i++) {
                    modifiedAt(write(in.resolve(i + ".csv"), i + ",x\n"), i);
                    while (rows.size() == i) {
                        try {
                            Offset next = source.latest(at, one);
                            rows.addAll(read(source, at, next));
                            at = next;
                        } catch (RivuletException e) {
                            if (restart) {
                                source.close();
                                source = source(in, LocalFileAccess.INSTANCE);
                                source.restore(at, null);
                            }
                        }
                    }
                }
                source.close();
                assertThat(rows).containsExactly(row(0L, "x"), row(1L, "x"), row(2L, "x"), row(3L, "x"));
                for (int i = 0; i < 4; i++) {
                    Files.delete(in.resolve(i + ".csv"));
                }
            }
        }
    }

    @Test
    void aFullDiskIsNamed() {
        assertThatThrownBy(() -> open(dir.resolve("full"), new FaultyFiles(3, FaultyFiles.Fault.NO_SPACE)))
                .hasMessageContaining("[NO_SPACE]")
                .hasMessageContaining("make room");
    }
}
