package io.rivulet.connector.builtin;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.error.ErrorCode;
import io.rivulet.time.Clock;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines from a TCP connection. An offset is {@code {"lines":<n>}}: how many lines the query has been given since its
 * first start. Lines wait in a {@link LineBuffer} until their batch is committed, so an attempt that fails can be run
 * again; after a restart there is nothing to read them from, and a batch that was planned then is empty.
 */
final class SocketSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(SocketSource.class);
    private static final Pattern FORM = Pattern.compile("\\{\"lines\":(\\d{1,18})\\}");
    private static final int CONNECT_MILLIS = 10_000;

    private final String peer;
    private final Schema schema;
    private final Socket socket;
    private final LineBuffer buffer;
    private long ceiling = Long.MAX_VALUE;

    private record Lines(long from, long to) implements Split {
        @Override
        public long estimatedRows() {
            return to - from;
        }
    }

    /** Connects; {@code CONNECTION_FAILED} when nobody answers. */
    SocketSource(String host, int port, Schema schema, Clock clock) {
        this.peer = host + ":" + port;
        this.schema = schema;
        this.socket = connect(host, port);
        this.buffer = new LineBuffer(peer, clock);
        Thread thread = new Thread(() -> buffer.fill(socket), "rivulet-socket-" + peer);
        thread.setDaemon(true);
        thread.start();
        LOG.warn("reading lines from {}: not replayable, lines that are not committed are lost at a crash", peer);
    }

    private Socket connect(String host, int port) {
        Socket fresh = new Socket();
        try {
            fresh.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return fresh;
        } catch (IOException e) {
            try {
                fresh.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            String reason = e instanceof UnknownHostException
                    ? "nobody knows the host"
                    : e instanceof SocketTimeoutException
                            ? "no answer within " + CONNECT_MILLIS / 1000 + " s"
                            : String.valueOf(e.getMessage());
            throw ErrorCode.CONNECTION_FAILED.error(
                    "cannot connect to " + peer + ": " + reason + "; start the server first, e.g. nc -lk " + port, e);
        }
    }

    private static long lines(Offset offset) {
        Matcher matcher = FORM.matcher(offset.text());
        if (!matcher.matches()) {
            throw ErrorCode.CHECKPOINT_CORRUPT.error("'" + offset.text()
                    + "' is no offset of a socket source; the checkpoint belongs to another kind of source");
        }
        return Long.parseLong(matcher.group(1));
    }

    private static Offset offset(long lines) {
        return new Offset("{\"lines\":" + lines + "}");
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public String description() {
        return "socket " + peer;
    }

    @Override
    public Offset initial() {
        return offset(0);
    }

    @Override
    public void restore(Offset committed, @Nullable Offset planned) {
        long before = lines(committed);
        long first = planned == null ? before : Math.max(before, lines(planned));
        if (first > before) {
            LOG.warn(
                    "{} lines from {} were in a batch that was not committed when the query ended: they are lost, and"
                            + " so are lines that waited for their batch",
                    first - before,
                    peer);
        }
        buffer.beginAt(first);
    }

    @Override
    public Offset latest(Offset start, ReadLimit limit) {
        long from = lines(start);
        long end = Math.min(ceiling, buffer.end());
        if (end <= from) {
            if (ceiling == Long.MAX_VALUE) {
                buffer.throwIfEnded(from);
            }
            return start;
        }
        return offset(from + Math.min(end - from, limit.maxRows()));
    }

    @Override
    public void stopAtAvailable() {
        ceiling = buffer.end();
    }

    @Override
    public List<? extends Split> splits(Offset start, Offset end, int parallelism) {
        long from = Math.max(lines(start), buffer.begin());
        long to = lines(end);
        return to > from ? List.of(new Lines(from, to)) : List.of();
    }

    @Override
    public SplitReader reader(Split split, ReadContext context) {
        Lines lines = (Lines) split;
        return new LineReader(buffer.lines(lines.from, lines.to), context);
    }

    @Override
    public void commit(Offset end) {
        buffer.release(lines(end));
    }

    @Override
    public void onNewData(Runnable wake) {
        buffer.listen(wake);
    }

    @Override
    public void close() {
        buffer.close();
        try {
            socket.close();
        } catch (IOException e) {
            LOG.info("cannot close the connection to {} ({})", peer, e.toString());
        }
    }

    private static final class LineReader implements SplitReader {
        private static final int VALUE = 0;

        private final List<LineBuffer.Line> lines;
        private final ReadContext context;
        private final int[] columns;
        private int at;

        LineReader(List<LineBuffer.Line> lines, ReadContext context) {
            this.lines = lines;
            this.context = context;
            this.columns = context.columns();
        }

        @Override
        public @Nullable ColumnBatch next() {
            int count = Math.min(context.vectorSize(), lines.size() - at);
            if (count <= 0) {
                return null;
            }
            ColumnBuilder[] builders = ColumnBuilder.forSchema(context.schema(), count);
            for (int i = at; i < at + count; i++) {
                LineBuffer.Line line = lines.get(i);
                for (int c = 0; c < columns.length; c++) {
                    if (columns[c] == VALUE) {
                        builders[c].appendBytes(line.text(), 0, line.text().length);
                    } else {
                        builders[c].appendLong(line.micros());
                    }
                }
            }
            at += count;
            List<ColumnVector> vectors = new ArrayList<>();
            for (ColumnBuilder builder : builders) {
                vectors.add(builder.build());
            }
            return new ColumnBatch(context.schema(), vectors.toArray(ColumnVector[]::new), count);
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
