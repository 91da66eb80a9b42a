package io.rivulet.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compressed files of which a limit has cut a part off, kept open where the rest begins: the batch that goes on exactly
 * there need not decompress them from their start. Who wants another position, after a restart or when a batch is run
 * again, gets the file opened anew. At most {@link #MOST} are open. Thread-safe; the inputs are not.
 */
final class HeldInputs implements AutoCloseable {
    /** A batch may end one file that was cut and begin another. */
    private static final int MOST = 2;

    private final ByteInput.Opener opener;
    /** Oldest first. */
    private final Map<FileEntry, ByteInput> held = new LinkedHashMap<>();

    private boolean closed;

    HeldInputs(ByteInput.Opener opener) {
        this.opener = opener;
    }

    /** A file at a position; whoever asks closes it or gives it to {@link #hold}. */
    ByteInput open(FileEntry file, long from) {
        ByteInput known = take(file);
        if (known != null) {
            if (known.position() == from) {
                return known;
            }
            known.close();
        }
        return opener.open(Path.of(file.path()), from);
    }

    private synchronized @Nullable ByteInput take(FileEntry file) {
        return held.remove(file);
    }

    /** Takes over an open input, which is closed sooner or later. */
    void hold(FileEntry file, ByteInput input) {
        List<ByteInput> leaving = new ArrayList<>();
        synchronized (this) {
            if (closed) {
                leaving.add(input);
            } else {
                ByteInput before = held.put(file, input);
                if (before != null) {
                    leaving.add(before);
                }
                Iterator<ByteInput> oldest = held.values().iterator();
                while (held.size() > MOST) {
                    leaving.add(oldest.next());
                    oldest.remove();
                }
            }
        }
        leaving.forEach(ByteInput::close);
    }

    @Override
    public void close() {
        List<ByteInput> leaving;
        synchronized (this) {
            closed = true;
            leaving = new ArrayList<>(held.values());
            held.clear();
        }
        leaving.forEach(ByteInput::close);
    }
}
