package io.rivulet.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.rivulet.connector.ReadContext;
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.MapType;
import io.rivulet.type.Schema;
import io.rivulet.type.SimpleType;
import io.rivulet.type.StructType;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object per record. A field that is missing or null is null, unknown fields are passed over, names are
 * matched exactly. A STRING column takes any value, nested ones as their JSON text; other scalars take their own kind
 * only: numbers for numbers (and the texts {@code NaN} and {@code Infinity} for floating ones), true and false for
 * BOOLEAN, text for the rest.
 */
final class JsonRecordParser implements RecordParser {
    private static final JsonFactory JSON = new JsonFactory();

    private final Schema schema;
    private final ValueFormats formats;
    private final ZoneId zone;
    private final Map<String, Integer> slots = new HashMap<>();
    private final Map<DataType, ValueParser> parsers = new HashMap<>();
    private final boolean[] seen;

    JsonRecordParser(ValueFormats formats, ReadContext context) {
        this.schema = context.schema();
        this.formats = formats;
        this.zone = context.zone();
        this.seen = new boolean[schema.size()];
        for (int i = 0; i < schema.size(); i++) {
            slots.put(schema.field(i).name(), i);
        }
    }

    /** A value that does not fit its type. */
    private static final class Misfit extends Exception {
        private static final long serialVersionUID = 1L;

        /** Why it does not fit; null for what the type of the column says. */
        private final @Nullable String reason;

        Misfit(String text, @Nullable String reason) {
            super(text, null, false, false);
            this.reason = reason;
        }
    }

    @Override
    public @Nullable Problem parse(byte[] data, int from, int to, ColumnBuilder[] builders) {
        Arrays.fill(seen, false);
        int slot = -1;
        try (JsonParser json = JSON.createParser(data, from, to - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return new Problem(null, CsvParser.shown(data, from, to), "is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                Integer known = slots.get(json.currentName());
                json.nextToken();
                if (known == null) {
                    json.skipChildren();
                    continue;
                }
                slot = known;
                if (seen[slot]) {
                    return new Problem(schema.field(slot).name(), json.getText(), "is given a second time");
                }
                seen[slot] = true;
                append(json, schema.type(slot), builders[slot], data, from);
            }
            if (json.nextToken() != null) {
                return new Problem(null, CsvParser.shown(data, from, to), "has text behind the object");
            }
        } catch (Misfit e) {
            return new Problem(
                    schema.field(slot).name(),
                    String.valueOf(e.getMessage()),
                    e.reason == null ? "is no " + schema.type(slot).sql() : e.reason);
        } catch (JsonProcessingException e) {
            return new Problem(
                    null,
                    CsvParser.shown(data, from, to),
                    "is no JSON (" + e.getOriginalMessage().lines().findFirst().orElse("") + ")");
        } catch (IOException e) {
            return new Problem(null, CsvParser.shown(data, from, to), "is no JSON (" + e.getMessage() + ")");
        }
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) {
                builders[i].appendNull();
            }
        }
        return null;
    }

    private void append(JsonParser json, DataType type, ColumnBuilder builder, byte[] data, int from)
            throws IOException, Misfit {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            builder.appendNull();
        } else if (type instanceof SimpleType || type instanceof DecimalType) {
            if (!appendScalar(json, type, builder, data, from)) {
                throw misfit(json);
            }
        } else {
            builder.append(nested(json, type, data, from));
        }
    }

    private static Misfit misfit(JsonParser json) throws IOException {
        String text = String.valueOf(json.getText());
        return new Misfit(text.length() > 80 ? text.substring(0, 80) + "…" : text, null);
    }

    private static Misfit repeated(String name) {
        return new Misfit(name, "is given a second time");
    }

    private boolean appendScalar(JsonParser json, DataType type, ColumnBuilder builder, byte[] data, int from)
            throws IOException {
        JsonToken token = json.currentToken();
        if (type == SimpleType.STRING) {
            if (token.isStructStart()) {
                int start = from + (int) json.currentTokenLocation().getByteOffset();
                json.skipChildren();
                int end = from + (int) json.currentLocation().getByteOffset();
                builder.appendBytes(data, start, end - start);
            } else {
                builder.appendString(json.getText());
            }
            return true;
        }
        if (type == SimpleType.BIGINT && token == JsonToken.VALUE_NUMBER_INT) {
            if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                return false;
            }
            builder.appendLong(json.getLongValue());
            return true;
        }
        if (type == SimpleType.DOUBLE && token.isNumeric()) {
            builder.appendDouble(json.getDoubleValue());
            return true;
        }
        if (type == SimpleType.BOOLEAN) {
            builder.appendBoolean(token == JsonToken.VALUE_TRUE);
            return token.isBoolean();
        }
        boolean number = type.isNumeric();
        boolean fits = number
                ? token.isNumeric() || isFloatingText(type, token, json.getText())
                : token == JsonToken.VALUE_STRING;
        if (!fits) {
            return false;
        }
        byte[] text = json.getText().getBytes(StandardCharsets.UTF_8);
        return parser(type).parse(text, 0, text.length, builder);
    }

    private static boolean isFloatingText(DataType type, JsonToken token, String text) {
        return (type == SimpleType.DOUBLE || type == SimpleType.FLOAT)
                && token == JsonToken.VALUE_STRING
                && (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity"));
    }

    private ValueParser parser(DataType type) {
        return parsers.computeIfAbsent(type, t -> new ValueParser(t, formats, zone));
    }

    /** A value as the object that {@link ColumnBuilder#append} takes; nested values are not on the fast path. */
    private @Nullable Object object(JsonParser json, DataType type, byte[] data, int from) throws IOException, Misfit {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (type instanceof SimpleType || type instanceof DecimalType) {
            ColumnBuilder one = new ColumnBuilder(type, 1);
            if (!appendScalar(json, type, one, data, from)) {
                throw misfit(json);
            }
            return one.build().objectAt(0);
        }
        return nested(json, type, data, from);
    }

    private Object nested(JsonParser json, DataType type, byte[] data, int from) throws IOException, Misfit {
        JsonToken token = json.currentToken();
        if (type instanceof ArrayType array && token == JsonToken.START_ARRAY) {
            List<@Nullable Object> elements = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                elements.add(object(json, array.element(), data, from));
            }
            return elements;
        }
        if (type instanceof MapType map && token == JsonToken.START_OBJECT) {
            Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                Object key = key(json.currentName(), map.key());
                if (entries.containsKey(key)) {
                    throw repeated(json.currentName());
                }
                json.nextToken();
                entries.put(key, object(json, map.value(), data, from));
            }
            return entries;
        }
        if (type instanceof StructType struct && token == JsonToken.START_OBJECT) {
            Schema fields = struct.schema();
            @Nullable Object[] values = new @Nullable Object[fields.size()];
            boolean[] given = new boolean[values.length];
            List<String> names = fields.names();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                int index = names.indexOf(json.currentName());
                json.nextToken();
                if (index < 0) {
                    json.skipChildren();
                } else if (given[index]) {
                    throw repeated(names.get(index));
                } else {
                    given[index] = true;
                    values[index] = object(json, fields.type(index), data, from);
                }
            }
            return new Row(fields, values);
        }
        throw misfit(json);
    }

    private Object key(String text, DataType type) throws Misfit {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ColumnBuilder one = new ColumnBuilder(type, 1);
        Object key = parser(type).parse(utf8, 0, utf8.length, one) ? one.build().objectAt(0) : null;
        if (key == null) {
            throw new Misfit(text, null);
        }
        return key;
    }
}
