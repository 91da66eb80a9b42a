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
import io.rivulet.type.PhysicalType;
import io.rivulet.type.Schema;
import java.util.List;

/**
 * The format {@code csv}: UTF-8, quotes doubled inside quotes. Columns are scalars;
 * TIMESTAMP, DATE and intervals are ISO-8601, BINARY is base64. Nested columns are for {@code json}.
 */
public final class CsvConnector implements ConnectorProvider {
    private static final String FORMAT = "csv";

    /** Made by {@link java.util.ServiceLoader}, or by hand for the engine's builder. */
    public CsvConnector() {}

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public SourceProvider source() {
        return new CsvSourceProvider();
    }

    @Override
    public SinkProvider sink() {
        return new CsvSinkProvider();
    }

    private static void refuseNested(Schema schema, String what) {
        for (Field field : schema.fields()) {
            DataType type = field.type();
            PhysicalType physical = type.physical();
            if (physical == PhysicalType.STRUCT || physical == PhysicalType.ARRAY || physical == PhysicalType.MAP) {
                String example = physical == PhysicalType.STRUCT
                        ? "select its fields, e.g. " + field.name() + ".start, or use format json"
                        : "use format json";
                throw ErrorCode.BAD_SCHEMA.error("a csv " + what + " cannot hold the column " + field.name()
                        + " of type " + type.sql() + "; " + example);
            }
        }
    }

    private static final class CsvSourceProvider implements SourceProvider {
        @Override
        public List<Option<?>> options() {
            return List.of(
                    DelimitedText.HEADER,
                    DelimitedText.SEP,
                    DelimitedText.QUOTE,
                    DelimitedText.NULL_VALUE,
                    LineEnds.AT_MOST_TWO,
                    ValueFormats.TIMESTAMP_FORMAT,
                    ValueFormats.DATE_FORMAT,
                    SourceOptions.MODE,
                    SourceOptions.MAX_FILES,
                    SourceOptions.MAX_ROWS,
                    SourceOptions.MAX_BYTES,
                    SourceOptions.LATEST_FIRST,
                    SourceOptions.MAX_FILE_AGE,
                    SourceOptions.INFER_SCHEMA);
        }

        @Override
        public Schema schema(SourceContext context) {
            Options options = Options.parse("csv source", options(), context.options());
            CsvFormat format = format(options);
            if (SourceOptions.infers(context)) {
                return SchemaInference.of(context, SourceOptions.path(context, FORMAT))
                        .csv(format, options.get(SourceOptions.INFER_SCHEMA));
            }
            Schema schema = SourceOptions.schema(context, FORMAT);
            refuseNested(schema, "source");
            InputPaths.of(SourceOptions.path(context, FORMAT));
            return schema;
        }

        private static CsvFormat format(Options options) {
            return new CsvFormat(DelimitedText.of(options), ValueFormats.of(options), options.get(SourceOptions.MODE));
        }

        @Override
        public Source open(SourceContext context) {
            Options options = Options.parse("csv source", options(), context.options());
            Schema schema = SourceOptions.schema(context, FORMAT);
            refuseNested(schema, "source");
            return new FileSource(context, SourceOptions.path(context, FORMAT), format(options), schema, options);
        }
    }

    private static final class CsvSinkProvider implements SinkProvider {
        @Override
        public List<Option<?>> options() {
            return List.of(
                    DelimitedText.HEADER,
                    DelimitedText.SEP,
                    DelimitedText.QUOTE,
                    DelimitedText.NULL_VALUE,
                    LineEnds.AT_MOST_TWO,
                    ValueFormats.TIMESTAMP_FORMAT,
                    ValueFormats.DATE_FORMAT,
                    SinkOptions.COMPRESSION,
                    SinkOptions.PARTITION_BY);
        }

        @Override
        public Sink open(SinkContext context) {
            Options options = Options.parse("csv sink", options(), context.options());
            DelimitedText text = DelimitedText.of(options);
            ValueFormats formats = ValueFormats.of(options);
            refuseNested(context.schema(), "sink");
            return FileSink.open(
                    context,
                    new FileSink.Form(FORMAT, "csv", schema -> new CsvEncoder(schema, text, formats, context.zone())),
                    options);
        }
    }
}
