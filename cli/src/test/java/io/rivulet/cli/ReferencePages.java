package io.rivulet.cli;

import io.rivulet.EngineOptions;
import io.rivulet.IngestOptions;
import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.SinkProvider;
import io.rivulet.connector.SourceProvider;
import io.rivulet.error.ErrorCode;
import io.rivulet.option.Option;
import io.rivulet.streaming.QueryOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pages of {@code docs/reference}, made from the code. */
final class ReferencePages {
    private static final String GENERATED = "<!-- made from the code by ReferencePagesTest; do not edit -->\n";

    private ReferencePages() {}

    static String errors() {
        StringBuilder page = new StringBuilder("# Errors\n\n" + GENERATED + "\n"
                + "Every failure is a `RivuletException` with one of these codes; its message begins with the code in"
                + " brackets\nand names the thing, the place and the way out. Codes are never renamed. A batch whose"
                + " failure may pass is tried\nagain as often as the query option `batchAttempts` says; nothing else"
                + " is.\n");
        for (ErrorCode.Blame blame : ErrorCode.Blame.values()) {
            page.append("\n## ").append(title(blame)).append("\n\n| Code | Meaning | May pass |\n|---|---|---|\n");
            for (ErrorCode code : ErrorCode.values()) {
                if (code.blame() == blame) {
                    page.append("| `")
                            .append(code)
                            .append("` | ")
                            .append(cell(code.meaning()))
                            .append(" | ");
                    page.append(code.retryable() ? "yes" : "no").append(" |\n");
                }
            }
        }
        return page.toString();
    }

    private static String title(ErrorCode.Blame blame) {
        return switch (blame) {
            case USER -> "You can act: the program or its options";
            case DATA -> "The data is to blame";
            case ENVIRONMENT -> "The surroundings: disk, memory, other processes";
            case BUG -> "Rivulet is to blame";
        };
    }

    static String functions() {
        return FunctionPage.text(GENERATED);
    }

    static String options() {
        StringBuilder page = new StringBuilder("# Options\n\n" + GENERATED + "\n"
                + "Names are found without regard to case; an unknown name or a bad value is refused when it is set or"
                + " when the\nquery starts, with the nearest known name.\n");
        page.append("\n## Engine\n\n`Engine.builder().option(name, value)`, or the builder's method of that name.\n\n");
        table(page, EngineOptions.ALL);
        page.append("\n## Streaming query\n\n`writeStream().option(name, value)`. The checkpoint is set with"
                + " `checkpoint(directory)` or the option `checkpointLocation`.\n\n");
        table(page, QueryOptions.ALL);
        page.append(
                "\n## Ingest\n\n`IngestOptions.defaults().option(name, value)`, or the method of that name; given to"
                        + " `engine.ingest(name, type, options)`.\n\n");
        table(page, IngestOptions.ALL);
        for (ConnectorProvider connector : connectors()) {
            page.append("\n## Format `").append(connector.format()).append("`\n");
            SourceProvider source = connector.source();
            SinkProvider sink = connector.sink();
            if (source != null) {
                section(page, "Source", source.options());
            }
            if (sink != null) {
                section(page, "Sink", sink.options());
            }
        }
        return page.toString();
    }

    /** The connectors of the class path by format. */
    static List<ConnectorProvider> connectors() {
        return ServiceLoader.load(ConnectorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(ConnectorProvider::format))
                .toList();
    }

    private static void section(StringBuilder page, String title, List<Option<?>> options) {
        page.append("\n### ").append(title).append("\n\n");
        if (options.isEmpty()) {
            page.append("No options.\n");
        } else {
            table(page, options);
        }
    }

    private static void table(StringBuilder page, List<Option<?>> options) {
        page.append("| Option | Value | Default | |\n|---|---|---|---|\n");
        for (Option<?> option : options) {
            page.append("| `")
                    .append(option.name())
                    .append("` | ")
                    .append(cell(option.form()))
                    .append(" | ");
            page.append(cell(text(option.defaultValue()))).append(" | ").append(cell(option.description()));
            page.append(" |\n");
        }
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "–";
        }
        if (value instanceof Long number && number == Long.MAX_VALUE) {
            return "no limit";
        }
        if (value instanceof Enum<?> constant) {
            String[] words = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
            return "`" + words[0]
                    + Arrays.stream(words)
                            .skip(1)
                            .map(w -> w.substring(0, 1).toUpperCase(Locale.ROOT) + w.substring(1))
                            .collect(Collectors.joining())
                    + "`";
        }
        if (value instanceof Duration duration) {
            boolean days = !duration.isZero() && duration.equals(Duration.ofDays(duration.toDays()));
            return days ? "`" + duration.toDays() + " days`" : "`" + duration.toMillis() + " ms`";
        }
        return value.toString().isEmpty() ? "empty" : "`" + value + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
