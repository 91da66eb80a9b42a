package io.rivulet.connector.builtin;

import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkContext;
import io.rivulet.connector.SinkProvider;
import io.rivulet.connector.SourceProvider;
import io.rivulet.option.Option;
import io.rivulet.option.Options;
import io.rivulet.vector.TableText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code console}: prints each batch as a table, for trying things out. At least once: a batch that was
 * printed and not yet logged as committed is printed again after a crash. Any output mode.
 */
public final class ConsoleConnector implements ConnectorProvider {
    private static final Option<Long> NUM_ROWS =
            Option.count("numRows", 20L, 0, Integer.MAX_VALUE - 1, "The most rows of a batch to print.");
    private static final Option<Integer> TRUNCATE = new Option<>(
            "truncate",
            "true|false|most characters of a value",
            20,
            "Whether to cut long values, to 20 characters or to the given number.",
            ConsoleConnector::width);

    private final PrintStream out;

    /** Prints to the standard output of the process, as UTF-8; for {@link java.util.ServiceLoader}. */
    public ConsoleConnector() {
        this(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    }

    /** Prints to a stream, which stays open. */
    public ConsoleConnector(PrintStream out) {
        this.out = out;
    }

    private static Integer width(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> 20;
            case "false" -> 0;
            default -> {
                int width = Integer.parseInt(text.strip());
                if (width < 0) {
                    throw new IllegalArgumentException("negative");
                }
                yield width;
            }
        };
    }

    @Override
    public String format() {
        return "console";
    }

    @Override
    public @Nullable SourceProvider source() {
        return null;
    }

    @Override
    public SinkProvider sink() {
        return new Provider(out);
    }

    private record Provider(PrintStream out) implements SinkProvider {
        @Override
        public List<Option<?>> options() {
            return List.of(NUM_ROWS, TRUNCATE);
        }

        @Override
        public Sink open(SinkContext context) {
            Options options = Options.parse("console sink", options(), context.options());
            int rows = (int) Math.min(Integer.MAX_VALUE, options.get(NUM_ROWS));
            int width = options.get(TRUNCATE);
            String rule = "-".repeat(43) + "\n";
            return new RowsSink(
                    "console", Sink.Publication.AFTER_COMMIT_POINT, context.schema(), (batchId, batches) -> {
                        String head = context.streaming() ? rule + "Batch: " + batchId + "\n" + rule : "";
                        out.print(head + TableText.of(context.schema(), batches, rows, width, context.zone()) + "\n");
                        out.flush();
                    });
        }
    }
}
