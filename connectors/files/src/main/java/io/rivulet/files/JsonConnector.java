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
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.Field;
import io.rivulet.type.MapType;
import io.rivulet.type.Schema;
import io.rivulet.type.SimpleType;
import io.rivulet.type.StructType;
import java.util.List;

/**
 * The format {@code json}: JSON lines in UTF-8, one object a line, all types. TIMESTAMP, DATE and intervals are
 * ISO-8601 text, BINARY is base64 text, keys of maps are text of a scalar.
 */
public final class JsonConnector implements ConnectorProvider {
    private static final String FORMAT = "json";

    /** Made by {@link java.util.ServiceLoader}, or by hand for the engine's builder. */
    public JsonConnector() {}

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public SourceProvider source() {
        return new JsonSourceProvider();
    }

    @Override
    public SinkProvider sink() {
        return new JsonSinkProvider();
    }

    private static void checkMapKeys(Schema schema) {
        for (Field field : schema.fields()) {
            checkMapKeys(field.name(), field.type());
        }
    }

    private static void checkMapKeys(String column, DataType type) {
        if (type instanceof MapType map) {
            if (!(map.key() instanceof SimpleType) && !(map.key() instanceof DecimalType)) {
                throw ErrorCode.BAD_SCHEMA.error("json cannot hold the column " + column + ": the keys of " + type.sql()
                        + " are no scalars; use an array of structs");
            }
            checkMapKeys(column, map.value());
        } else if (type instanceof ArrayType array) {
            checkMapKeys(column, array.element());
        } else if (type instanceof StructType struct) {
            checkMapKeys(struct.schema());
        }
    }

    private static final class JsonSourceProvider implements SourceProvider {
        @Override
        public List<Option<?>> options() {
            return List.of(
                    ValueFormats.TIMESTAMP_FORMAT,
                    ValueFormats.DATE_FORMAT,
                    LineEnds.ANY_TEXT,
                    SourceOptions.MODE,
                    SourceOptions.MAX_FILES,
                    SourceOptions.MAX_ROWS,
                    SourceOptions.MAX_BYTES,
                    SourceOptions.LATEST_FIRST,
                    SourceOptions.MAX_FILE_AGE);
        }

        @Override
        public Schema schema(SourceContext context) {
            Options options = Options.parse("json source", options(), context.options());
            if (SourceOptions.infers(context)) {
                return SchemaInference.of(context, SourceOptions.path(context, FORMAT))
                        .json(format(options));
            }
            Schema schema = SourceOptions.schema(context, FORMAT);
            checkMapKeys(schema);
            InputPaths.of(SourceOptions.path(context, FORMAT));
            return schema;
        }

        private static JsonFormat format(Options options) {
            return new JsonFormat(
                    ValueFormats.of(options), options.get(SourceOptions.MODE), LineEnds.of(options, LineEnds.ANY_TEXT));
        }

        @Override
        public Source open(SourceContext context) {
            Options options = Options.parse("json source", options(), context.options());
            Schema schema = SourceOptions.schema(context, FORMAT);
            checkMapKeys(schema);
            return new FileSource(context, SourceOptions.path(context, FORMAT), format(options), schema, options);
        }
    }

    private static final class JsonSinkProvider implements SinkProvider {
        @Override
        public List<Option<?>> options() {
            return List.of(
                    ValueFormats.TIMESTAMP_FORMAT,
                    ValueFormats.DATE_FORMAT,
                    LineEnds.ANY_TEXT,
                    SinkOptions.COMPRESSION,
                    SinkOptions.PARTITION_BY);
        }

        @Override
        public Sink open(SinkContext context) {
            Options options = Options.parse("json sink", options(), context.options());
            ValueFormats formats = ValueFormats.of(options);
            LineEnds lineEnds = LineEnds.of(options, LineEnds.ANY_TEXT);
            checkMapKeys(context.schema());
            return FileSink.open(
                    context,
                    new FileSink.Form(
                            FORMAT, "json", schema -> new JsonEncoder(schema, formats, context.zone(), lineEnds)),
                    options);
        }
    }
}
