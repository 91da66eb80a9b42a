package io.rivulet.connector.builtin;

import io.rivulet.error.ErrorCode;
import io.rivulet.function.Utf8;
import io.rivulet.time.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines that have arrived and are not yet in a committed batch, numbered from the query's first line on. Bounded by
 * lines and bytes: {@link #fill} waits while it is full. One thread fills, another reads; thread-safe.
 */
final class LineBuffer implements AutoCloseable {
    private static final int MOST_LINES = 100_000;
    private static final long MOST_BYTES = 16 << 20;
    private static final int LONGEST_LINE = 1 << 20;
    /** Of a line: array and object headers, the reference. */
    private static final int OVERHEAD = 48;

    /** A line. */
    static final class Line {
        private final byte[] text;
        private final long micros;

        private Line(byte[] text, long micros) {
            this.text = text;
            this.micros = micros;
        }

        /** Its bytes without the line end (not a copy; do not write). */
        byte[] text() {
            return text;
        }

        /** When it arrived, microseconds since the epoch. */
        long micros() {
            return micros;
        }
    }

    private final String peer;
    private final Clock clock;
    private final ArrayDeque<Line> lines = new ArrayDeque<>();
    private long first;
    private long bytes;
    private boolean closed;
    private @Nullable Ended end;
    private Runnable wake = () -> {};

    /** Why no more lines come. */
    private record Ended(
            ErrorCode code, String reason, @Nullable Throwable cause) {}

    LineBuffer(String peer, Clock clock) {
        this.peer = peer;
        this.clock = clock;
    }

    /** Numbers lines from here on; lines that came already are not lost. */
    synchronized void beginAt(long number) {
        first = number;
    }

    synchronized void listen(Runnable listener) {
        wake = listener;
    }

    /** The number of the first line that is held. */
    synchronized long begin() {
        return first;
    }

    /** One behind the number of the last line. */
    synchronized long end() {
        return first + lines.size();
    }

    /** Throws what ended the connection, if it has ended. */
    synchronized void throwIfEnded(long given) {
        Ended ended = end;
        if (ended != null) {
            throw ended.code.error("after " + given + " lines " + ended.reason, ended.cause);
        }
    }

    synchronized List<Line> lines(long from, long to) {
        List<Line> taken = new ArrayList<>((int) (to - from));
        Iterator<Line> all = lines.iterator();
        for (long n = first; n < to && all.hasNext(); n++) {
            Line line = all.next();
            if (n >= from) {
                taken.add(line);
            }
        }
        return taken;
    }

    /** Forgets the lines before a number. */
    synchronized void release(long to) {
        while (first < to && !lines.isEmpty()) {
            bytes -= lines.remove().text().length + OVERHEAD;
            first++;
        }
        notifyAll();
    }

    /** Reads lines until the connection ends or {@link #close}. Run by a thread of its own. */
    void fill(Socket socket) {
        Ended reason;
        try {
            reason = read(socket.getInputStream());
        } catch (IOException e) {
            reason = new Ended(
                    ErrorCode.CONNECTION_FAILED,
                    "the connection to " + peer + " broke: " + e.getMessage() + "; start the query again",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        Runnable listener;
        synchronized (this) {
            end = reason;
            listener = wake;
        }
        listener.run();
    }

    private Ended read(InputStream in) throws IOException, InterruptedException {
        byte[] chunk = new byte[1 << 14];
        byte[] line = new byte[256];
        int length = 0;
        int read;
        while ((read = in.read(chunk)) >= 0) {
            List<byte[]> complete = new ArrayList<>();
            for (int i = 0; i < read; i++) {
                if (chunk[i] == '\n') {
                    complete.add(text(line, length > 0 && line[length - 1] == '\r' ? length - 1 : length));
                    length = 0;
                } else {
                    if (length == LONGEST_LINE) {
                        add(complete);
                        return new Ended(
                                ErrorCode.MALFORMED_ROW,
                                "the server " + peer + " sent a line of more than " + LONGEST_LINE
                                        + " bytes; lines end with LF",
                                null);
                    }
                    if (length == line.length) {
                        line = Arrays.copyOf(line, length * 2);
                    }
                    line[length++] = chunk[i];
                }
            }
            add(complete);
        }
        if (length > 0) {
            add(List.of(text(line, length)));
        }
        return new Ended(
                ErrorCode.CONNECTION_FAILED,
                "the server " + peer + " closed the connection; start the query again when it is back",
                null);
    }

    private static byte[] text(byte[] line, int length) {
        return Utf8.isUtf8(line, 0, length)
                ? Arrays.copyOf(line, length)
                : new String(line, 0, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    private void add(List<byte[]> fresh) throws InterruptedException {
        if (fresh.isEmpty()) {
            return;
        }
        Runnable listener;
        synchronized (this) {
            while (!closed && (lines.size() >= MOST_LINES || bytes >= MOST_BYTES)) {
                wait();
            }
            long now = clock.wallMicros();
            for (byte[] text : fresh) {
                lines.add(new Line(text, now));
                bytes += text.length + OVERHEAD;
            }
            listener = wake;
        }
        listener.run();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
