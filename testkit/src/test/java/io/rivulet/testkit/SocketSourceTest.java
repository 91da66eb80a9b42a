package io.rivulet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.DataStreamReader;
import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.vector.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines from a server on the loopback interface. */
@Timeout(60)
class SocketSourceTest {
    @TempDir
    Path directory;

    private final Engine engine = Engine.builder().parallelism(2).build();
    private final BlockingQueue<List<Row>> batches = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        server.close();
    }

    private DataStreamReader reader() {
        return engine.readStream()
                .format("socket")
                .option("host", server.getInetAddress().getHostAddress())
                .option("port", server.getLocalPort());
    }

    private StreamingQuery start(DataStreamReader reader) {
        return reader.load()
                .writeStream()
                .foreachBatch((rows, id) -> batches.add(rows.collect()))
                .checkpoint(directory.resolve("checkpoint"))
                .start();
    }

    private static void send(Socket connection, String text) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The next values of the first column, until there are so many. */
    private List<Object> values(int count) throws InterruptedException {
        List<Object> values = new ArrayList<>();
        while (values.size() < count) {
            List<Row> batch = batches.poll(20, TimeUnit.SECONDS);
            assertThat(batch).as("more than %s", values).isNotNull();
            batch.forEach(r -> values.add(r.get(0)));
        }
        return values;
    }

    @Test
    void linesBecomeRowsAsTheyArrive() throws Exception {
        StreamingQuery query = start(reader());
        try (Socket connection = server.accept()) {
            send(connection, "one\ntwo\r\n\nthr");
            assertThat(values(3)).containsExactly("one", "two", "");
            send(connection, "ee ö\n");
            assertThat(values(1)).containsExactly("three ö");
            connection.getOutputStream().write(new byte[] {'a', (byte) 0xFC, '\n'});
            assertThat(values(1)).as("what is no UTF-8").containsExactly("a\uFFFD");
            query.stop();
        }
    }

    @Test
    void theTimeOfArrivalIsThatOfTheClock() throws Exception {
        Instant noon = Instant.parse("2024-01-31T12:00:00Z");
        try (Engine noonEngine = Engine.builder().clock(new ManualClock(noon)).build()) {
            StreamingQuery query = noonEngine
                    .readStream()
                    .format("socket")
                    .options(Map.of(
                            "host",
                            server.getInetAddress().getHostAddress(),
                            "port",
                            String.valueOf(server.getLocalPort()),
                            "includeTimestamp",
                            "true"))
                    .load()
                    .writeStream()
                    .foreachBatch((rows, id) -> batches.add(rows.collect()))
                    .start();
            try (Socket connection = server.accept()) {
                send(connection, "x\n");
                List<Row> rows = batches.poll(20, TimeUnit.SECONDS);
                assertThat(rows)
                        .singleElement()
                        .satisfies(r -> assertThat(r.values()).containsExactly("x", noon));
            }
            query.stop();
        }
    }

    @Test
    void aServerThatClosesTheConnectionEndsTheQueryAfterItsLastLine() throws Exception {
        StreamingQuery query = start(reader());
        try (Socket connection = server.accept()) {
            send(connection, "one\nlast");
        }
        assertThat(values(2)).containsExactly("one", "last");
        assertThatThrownBy(() -> query.awaitTermination(Duration.ofSeconds(20)))
                .hasMessageContaining("CONNECTION_FAILED")
                .hasMessageContaining("after 2 lines")
                .hasMessageContaining("closed the connection");
    }

    @Test
    void nobodyListeningIsSaid() throws Exception {
        server.close();
        assertThatThrownBy(() -> start(reader()).awaitTermination())
                .hasMessageContaining("[CONNECTION_FAILED]")
                .hasMessageContaining(":" + server.getLocalPort())
                .hasMessageContaining("start the server first");
    }

    @Test
    void linesOfAnUncommittedBatchAreLostAtARestartAndNewOnesFollow() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        for (int run = 0; run < 2; run++) {
            StreamingQuery query = reader().load()
                    .writeStream()
                    .foreachBatch((rows, id) -> {
                        if (fails.get()) {
                            throw new IllegalStateException("for the test");
                        }
                        batches.add(rows.collect());
                    })
                    .checkpoint(directory.resolve("checkpoint"))
                    .start();
            try (Socket connection = server.accept()) {
                if (run == 0) {
                    send(connection, "committed\n");
                    assertThat(values(1)).containsExactly("committed");
                    query.processAllAvailable();
                    fails.set(true);
                    send(connection, "lost\n");
                    assertThatThrownBy(() -> query.awaitTermination(Duration.ofSeconds(20)))
                            .hasMessageContaining("for the test");
                    fails.set(false);
                } else {
                    send(connection, "new\n");
                    assertThat(values(1)).containsExactly("new");
                    query.stop();
                }
            }
        }
    }

    @Test
    void aFullBufferMakesTheSenderWaitAndLosesNothing() throws Exception {
        int lines = 400_000;
        AtomicLong rows = new AtomicLong();
        AtomicLong sum = new AtomicLong();
        StreamingQuery query = reader().load()
                .selectExpr("CAST(value AS BIGINT) AS n")
                .writeStream()
                .option("maxRowsPerBatch", 30_000)
                .foreachBatch((batch, id) -> {
                    rows.addAndGet(batch.count());
                    batch.collect().forEach(r -> sum.addAndGet((Long) java.util.Objects.requireNonNull(r.get(0))));
                    batches.add(List.of());
                })
                .start();
        try (Socket connection = server.accept()) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < lines; i++) {
                text.append(i).append('\n');
            }
            send(connection, text.toString());
            while (rows.get() < lines) {
                assertThat(batches.poll(20, TimeUnit.SECONDS)).isNotNull();
            }
        }
        assertThat(sum.get()).isEqualTo((long) lines * (lines - 1) / 2);
        query.stop();
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() ->
                        engine.readStream().format("socket").option("port", 1).load())
                .hasMessageContaining("[BAD_OPTION]")
                .hasMessageContaining("'host' must be set");
        assertThatThrownBy(() ->
                        engine.readStream().format("socket").option("host", "h").load())
                .hasMessageContaining("'port' must be set");
        assertThatThrownBy(() -> reader().option("port", 70_000).load()).hasMessageContaining("65535");
        assertThatThrownBy(() -> reader().option("port", "http").load()).hasMessageContaining("[BAD_OPTION]");
        assertThatThrownBy(() -> reader().option("host", " ").load()).hasMessageContaining("'host' cannot be empty");
        assertThatThrownBy(() -> reader().option("includeTimestamp", "yes").load())
                .hasMessageContaining("true|false");
        assertThatThrownBy(() -> reader().load("path")).hasMessageContaining("no path");
        assertThatThrownBy(() -> reader().schema("line STRING").load()).hasMessageContaining("[BAD_SCHEMA]");
        assertThatThrownBy(() -> engine.read()
                        .format("socket")
                        .option("host", "h")
                        .option("port", 1)
                        .load())
                .hasMessageContaining("[UNSUPPORTED_OPERATION]");
    }
}
