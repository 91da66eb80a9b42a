package io.rivulet.files;

import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkContext;
import io.rivulet.connector.SinkProvider;
import io.rivulet.connector.Source;
import io.rivulet.connector.SourceContext;
import io.rivulet.connector.SourceProvider;
import io.rivulet.error.ErrorCode;
import io.rivulet.option.Option;
import io.rivulet.option.Options;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.SimpleType;
import java.util.List;

/**
 * The format {@code text}: lines in UTF-8. As a source each line is a row of one column, {@code value STRING}; a blank
 * line is a row too, one that is not UTF-8 is malformed; with {@code wholetext} each file is a row. As a sink it writes
 * one STRING column; null is a blank line.
 */
public final class TextConnector implements ConnectorProvider {
    private static final String FORMAT = "text";
    private static final Schema LINES = Schema.of(Field.of("value", SimpleType.STRING));

    private static final Option<Boolean> WHOLE_TEXT = Option.flag(
            "wholetext", false, "Whether each file is one row, with its line ends; lineSep then means nothing.");

    /** Made by {@link java.util.ServiceLoader}, or by hand for the engine's builder. */
    public TextConnector() {}

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public SourceProvider source() {
        return new TextSourceProvider();
    }

    @Override
    public SinkProvider sink() {
        return new TextSinkProvider();
    }

    private static final class TextSourceProvider implements SourceProvider {
        @Override
        public List<Option<?>> options() {
            return List.of(
                    LineEnds.ANY_TEXT,
                    WHOLE_TEXT,
                    SourceOptions.MODE,
                    SourceOptions.MAX_FILES,
                    SourceOptions.MAX_ROWS,
                    SourceOptions.MAX_BYTES,
                    SourceOptions.LATEST_FIRST,
                    SourceOptions.MAX_FILE_AGE);
        }

        @Override
        public Schema schema(SourceContext context) {
            Options.parse("text source", options(), context.options());
            String path = SourceOptions.path(context, FORMAT);
            InputPaths.of(path);
            return SourceOptions.infers(context)
                    ? SchemaInference.of(context, path).withPartitions(LINES)
                    : lines(context);
        }

        private static Schema lines(SourceContext context) {
            if (context.schema() == null) {
                return LINES;
            }
            Schema schema = SourceOptions.schema(context, FORMAT);
            if (schema.type(0) != DataType.STRING) {
                throw ErrorCode.BAD_SCHEMA.error("the text source gives one column of lines, value STRING, and columns"
                        + " that directories name behind it, not " + schema.ddl()
                        + "; leave the schema out and take lines apart with functions, or use the format csv");
            }
            return schema;
        }

        @Override
        public Source open(SourceContext context) {
            Options options = Options.parse("text source", options(), context.options());
            return new FileSource(
                    context,
                    SourceOptions.path(context, FORMAT),
                    new TextFormat(
                            options.get(SourceOptions.MODE),
                            LineEnds.of(options, LineEnds.ANY_TEXT),
                            options.get(WHOLE_TEXT)),
                    lines(context),
                    options);
        }
    }

    private static final class TextSinkProvider implements SinkProvider {
        @Override
        public List<Option<?>> options() {
            return List.of(LineEnds.ANY_TEXT, SinkOptions.COMPRESSION, SinkOptions.PARTITION_BY);
        }

        @Override
        public Sink open(SinkContext context) {
            Options options = Options.parse("text sink", options(), context.options());
            Schema schema = context.schema();
            int[] inFiles = PartitionedWriter.others(schema, SinkOptions.partitionColumns(options, schema, FORMAT));
            if (inFiles.length != 1 || schema.type(inFiles[0]) != DataType.STRING) {
                throw ErrorCode.BAD_SCHEMA.error("the text sink writes one STRING column, not "
                        + schema.select(inFiles).ddl() + "; make one with select(concat(…)), or use the format csv");
            }
            LineEnds lineEnds = LineEnds.of(options, LineEnds.ANY_TEXT);
            return FileSink.open(
                    context, new FileSink.Form(FORMAT, "txt", lines -> new TextEncoder(lineEnds)), options);
        }
    }
}
