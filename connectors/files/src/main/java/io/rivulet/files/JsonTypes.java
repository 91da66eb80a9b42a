package io.rivulet.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.SimpleType;
import io.rivulet.type.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The columns that JSON objects have: BIGINT and DOUBLE for numbers (DECIMAL for whole numbers beyond BIGINT), BOOLEAN,
 * STRING for text, STRUCT, ARRAY; STRING where values of a field have nothing in common or are all null. One thread.
 */
final class JsonTypes {
    private static final JsonFactory JSON = new JsonFactory();

    private final Node root = new Node();

    /** What is known of the values at one place. */
    private static final class Node {
        @Nullable
        DataType scalar;

        @Nullable
        Node elements;

        @Nullable
        TreeMap<String, Node> fields;

        void see(JsonParser json) throws IOException {
            JsonToken token = json.currentToken();
            if (token == JsonToken.START_OBJECT) {
                TreeMap<String, Node> known = fields == null ? new TreeMap<>() : fields;
                fields = known;
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    Node field = known.computeIfAbsent(json.currentName(), name -> new Node());
                    json.nextToken();
                    field.see(json);
                }
            } else if (token == JsonToken.START_ARRAY) {
                Node known = elements == null ? new Node() : elements;
                elements = known;
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    known.see(json);
                }
            } else if (token != JsonToken.VALUE_NULL) {
                DataType type = typeOf(json);
                scalar = scalar == null ? type : InferredType.common(scalar, type);
            }
        }

        /** Takes over what another has seen. */
        void add(Node other) {
            if (other.scalar != null) {
                scalar = scalar == null ? other.scalar : InferredType.common(scalar, other.scalar);
            }
            if (other.elements != null) {
                if (elements == null) {
                    elements = other.elements;
                } else {
                    elements.add(other.elements);
                }
            }
            if (other.fields != null) {
                TreeMap<String, Node> known = fields == null ? new TreeMap<>() : fields;
                fields = known;
                other.fields.forEach((name, node) -> {
                    Node before = known.putIfAbsent(name, node);
                    if (before != null) {
                        before.add(node);
                    }
                });
            }
        }

        private static DataType typeOf(JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                if (json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                    return SimpleType.BIGINT;
                }
                int digits = json.getBigIntegerValue().abs().toString().length();
                return digits <= DecimalType.MAX_PRECISION ? new DecimalType(digits, 0) : SimpleType.DOUBLE;
            }
            if (json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
                return SimpleType.DOUBLE;
            }
            return json.currentToken().isBoolean() ? SimpleType.BOOLEAN : SimpleType.STRING;
        }

        DataType type() {
            int kinds = (scalar == null ? 0 : 1) + (elements == null ? 0 : 1) + (fields == null ? 0 : 1);
            if (kinds != 1) {
                return SimpleType.STRING;
            }
            if (elements != null) {
                return new ArrayType(elements.type());
            }
            // an object without fields is no struct, and its text is all there is
            return fields != null ? struct(fields) : java.util.Objects.requireNonNull(scalar);
        }

        private static DataType struct(Map<String, Node> fields) {
            return fields.isEmpty() ? SimpleType.STRING : new StructType(schema(fields));
        }
    }

    /** Takes a line; one that is no object, or no JSON at all, tells nothing: reading it says so. */
    void see(byte[] data, int from, int to) {
        try (JsonParser json = JSON.createParser(data, from, to - from)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                Node line = new Node();
                line.see(json); // alone first, so that a line that breaks off leaves no trace
                root.add(line);
            }
        } catch (IOException e) {
            // no JSON
        }
    }

    /** The columns, in alphabetical order. */
    Schema schema() {
        Map<String, Node> columns = root.fields;
        return columns == null ? Schema.EMPTY : schema(columns);
    }

    private static Schema schema(Map<String, Node> fields) {
        List<Field> columns = new ArrayList<>();
        fields.forEach((name, node) -> columns.add(Field.of(name, node.type())));
        return new Schema(columns);
    }
}
