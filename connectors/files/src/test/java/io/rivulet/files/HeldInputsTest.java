package io.rivulet.files;

import static io.rivulet.files.Inputs.UTC;
import static io.rivulet.files.Inputs.allColumns;
import static io.rivulet.files.Inputs.context;
import static io.rivulet.files.Inputs.modifiedAt;
import static io.rivulet.files.Inputs.read;
import static io.rivulet.files.Inputs.readAll;
import static io.rivulet.files.Inputs.row;
import static io.rivulet.files.Inputs.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.BadRows;
import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.option.Options;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A compressed file that limits cut into batches is decompressed once, and no file stays open. */
@NullUnmarked // rows hold nulls
class HeldInputsTest {
    private static final Schema AB = schema("a", DataType.BIGINT, "b", DataType.STRING);
    private static final ReadLimit ENGINE = new ReadLimit(1_000_000, 1 << 30, Long.MAX_VALUE);
    private static final int ROWS = 30_000;
    private static final int BATCH = 4_000;

    @TempDir
    Path dir;

    private final Counting files = new Counting();
    private final List<List<Object>> expected = new ArrayList<>();
    private long length;

    /** Real files; counts what is done with them. */
    private static final class Counting implements ByteInput.Opener {
        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger open = new AtomicInteger();
        /** Decompressed bytes, those up to the place where an input is opened too. */
        final AtomicLong bytes = new AtomicLong();

        @Override
        public ByteInput open(Path file, long from) {
            ByteInput real = ByteInput.open(file, from);
            opened.incrementAndGet();
            open.incrementAndGet();
            bytes.addAndGet(from);
            return new ByteInput() {
                @Override
                public int read(byte[] into, int offset, int count) {
                    int read = real.read(into, offset, count);
                    bytes.addAndGet(Math.max(0, read));
                    return read;
                }

                @Override
                public long position() {
                    return real.position();
                }

                @Override
                public void unread(byte[] given, int start, int end) {
                    bytes.addAndGet(start - end);
                    real.unread(given, start, end);
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                    real.close();
                }
            };
        }
    }

    @BeforeEach
    void input() throws Exception {
        Random random = new Random(11);
        StringBuilder text = new StringBuilder();
        for (long i = 0; i < ROWS; i++) {
            String value = "v" + random.nextInt(1_000_000) + (i % 7 == 0 ? "\n\"" : "");
            text.append(i).append(",\"").append(value.replace("\"", "\"\"")).append("\"\n");
            expected.add(row(i, value));
        }
        length = text.toString().getBytes(StandardCharsets.UTF_8).length;
        gzip("1.csv.gz", text.toString(), 1);
    }

    private Path gzip(String name, String text, long modified) throws Exception {
        Path file = Files.createDirectories(dir.resolve("in")).resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        modifiedAt(file, modified);
        return file;
    }

    private Source open(Map<String, String> texts) {
        Options options =
                Options.parse("csv source", new CsvConnector().source().options(), texts);
        CsvFormat format =
                new CsvFormat(DelimitedText.of(options), ValueFormats.of(options), options.get(SourceOptions.MODE));
        String in = dir.resolve("in").toString();
        return new FileSource(context(in, AB, texts, dir.resolve("list")), in, format, AB, options, files);
    }

    private Source limited() {
        return open(Map.of("maxRowsPerTrigger", String.valueOf(BATCH)));
    }

    private static ReadContext reading(Source source) {
        return new ReadContext(
                source.schema(), allColumns(source), 7, UTC, BadRows.droppedTo(new AtomicInteger()::incrementAndGet));
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxRowsPerTrigger=4000", "maxBytesPerTrigger=70000", "maxRowsPerTrigger=1"})
    void aFileOfManyBatchesIsOpenedOnceToPlanAndOnceToRead(String limit) {
        String[] option = limit.split("=", -1);
        int batches = 0;
        try (Source source = open(Map.of(option[0], option[1]))) {
            List<List<Object>> rows = new ArrayList<>();
            Offset at = source.initial();
            while (batches < 300) {
                Offset next = source.latest(at, ENGINE);
                if (next.equals(at)) {
                    break;
                }
                rows.addAll(read(source, at, next));
                source.commit(next);
                at = next;
                batches++;
                assertThat(files.open).hasValueLessThanOrEqualTo(2);
            }
            assertThat(rows).isEqualTo(expected.subList(0, rows.size()));
            assertThat(batches).isGreaterThan(6);
            assertThat(files.opened).hasValue(2);
            assertThat(files.bytes.get()).isLessThanOrEqualTo(2 * length);
            if (rows.size() == ROWS) {
                assertThat(files.open).as("read to its end").hasValue(0);
            }
        }
        assertThat(files.open).hasValue(0);
    }

    @Test
    void aBatchThatIsRunAgainIsReadFromTheStartAndTheNextGoesOnFromThere() {
        try (Source source = limited()) {
            Offset first = source.latest(source.initial(), ENGINE);
            Offset second = source.latest(first, ENGINE);
            assertThat(read(source, source.initial(), first)).isEqualTo(expected.subList(0, BATCH));
            assertThat(read(source, first, second)).isEqualTo(expected.subList(BATCH, 2 * BATCH));
            assertThat(files.opened).hasValue(2);
            assertThat(read(source, first, second)).isEqualTo(expected.subList(BATCH, 2 * BATCH));
            assertThat(files.opened).hasValue(3);
            Offset third = source.latest(second, ENGINE);
            assertThat(read(source, second, third)).isEqualTo(expected.subList(2 * BATCH, 3 * BATCH));
            assertThat(files.opened).hasValue(3);
            assertThat(read(source, source.initial(), first)).isEqualTo(expected.subList(0, BATCH));
            assertThat(source.latest(first, ENGINE)).as("planned again").isEqualTo(second);
        }
        assertThat(files.open).hasValue(0);
    }

    @Test
    void aRestartReadsUpToThePlaceOnceMore() {
        Offset first;
        Offset second;
        try (Source source = limited()) {
            first = source.latest(source.initial(), ENGINE);
            second = source.latest(first, ENGINE);
        }
        try (Source source = limited()) {
            source.restore(first, second);
            assertThat(read(source, first, second)).isEqualTo(expected.subList(BATCH, 2 * BATCH));
            Offset third = source.latest(second, ENGINE);
            assertThat(read(source, second, third)).isEqualTo(expected.subList(2 * BATCH, 3 * BATCH));
        }
        assertThat(files.open).hasValue(0);
    }

    @Test
    void aBatchMayEndOneFileThatWasCutAndBeginAnother() throws Exception {
        gzip("2.csv.gz", "30000,x\n".repeat(3_000), 2);
        gzip("3.csv.gz", "30001,y\n".repeat(20_000), 3);
        try (Source source = open(Map.of("maxRowsPerTrigger", "17000"))) {
            List<List<Object>> rows = new ArrayList<>();
            Offset at = source.initial();
            for (Offset next = source.latest(at, ENGINE); !next.equals(at); next = source.latest(at, ENGINE)) {
                rows.addAll(read(source, at, next));
                at = next;
            }
            assertThat(rows).hasSize(53_000).startsWith(expected.get(0)).endsWith(row(30_001L, "y"));
            assertThat(files.opened).hasValue(6);
            assertThat(files.open).hasValue(0);
        }
    }

    @Test
    void aReaderThatIsClosedEarlyOrLateLeavesNothingOpen() {
        Source source = limited();
        Offset first = source.latest(source.initial(), ENGINE);
        List<? extends Split> splits = source.splits(source.initial(), first, 3);
        try (SplitReader early = source.reader(splits.get(0), reading(source))) {
            assertThat(early.next()).isNotNull();
        }
        assertThat(files.open).as("that of the plan").hasValue(1);
        SplitReader late = source.reader(splits.get(0), reading(source));
        while (late.next() != null) {
            assertThat(files.open).hasValue(2);
        }
        source.close();
        late.close();
        assertThat(files.open).hasValue(0);
    }

    @Test
    void failuresLeaveNothingOpen() throws Exception {
        Path file = dir.resolve("in/1.csv.gz");
        byte[] good = Files.readAllBytes(file);
        ByteArrayOutputStream bad = new ByteArrayOutputStream();
        bad.writeBytes(Arrays.copyOf(good, good.length / 2));
        Files.write(file, bad.toByteArray());
        try (Source source = limited()) {
            Offset first = source.latest(source.initial(), ENGINE);
            assertThat(read(source, source.initial(), first)).hasSize(BATCH);
            assertThatThrownBy(() -> {
                        Offset at = first;
                        while (true) {
                            Offset next = source.latest(at, ENGINE);
                            assertThat(read(source, at, next)).isNotEmpty();
                            at = next;
                        }
                    })
                    .hasMessageContaining("[MALFORMED_FILE]");
            assertThatThrownBy(() -> readAll(source)).hasMessageContaining("[MALFORMED_FILE]");
        }
        assertThat(files.open).hasValue(0);
        Files.write(file, new byte[] {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, 3, 1});
        Files.delete(dir.resolve("list/files"));
        for (Map<String, String> options : List.of(Map.of("header", "true"), Map.<String, String>of())) {
            try (Source source = open(options)) {
                assertThatThrownBy(() -> source.latest(source.initial(), ENGINE))
                        .hasMessageContaining("[MALFORMED_FILE]");
                assertThatThrownBy(() -> readAll(source)).hasMessageContaining("[MALFORMED_FILE]");
            }
            assertThat(files.open).hasValue(0);
        }
        gzip("1.csv.gz", "1,x\nno,y\n3,z\n4,w\n", 1);
        try (Source source = open(Map.of("maxRowsPerTrigger", "3"))) {
            Offset first = source.latest(source.initial(), ENGINE);
            assertThatThrownBy(() -> read(source, source.initial(), first)).hasMessageContaining("[MALFORMED_ROW]");
        }
        assertThat(files.open).hasValue(0);
    }

    @Test
    void aFileThatChangesWhileItIsHeldIsNotReadOn() throws Exception {
        try (Source source = limited()) {
            Offset first = source.latest(source.initial(), ENGINE);
            assertThat(read(source, source.initial(), first)).hasSize(BATCH);
            gzip("1.csv.gz", "1,x\n", 1);
            assertThatThrownBy(() -> source.latest(first, ENGINE)).hasMessageContaining("[SOURCE_DATA_CHANGED]");
        }
        assertThat(files.open).hasValue(0);
    }
}
