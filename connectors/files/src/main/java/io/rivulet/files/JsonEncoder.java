package io.rivulet.files;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.MapType;
import io.rivulet.type.Schema;
import io.rivulet.type.SimpleType;
import io.rivulet.type.StructType;
import io.rivulet.vector.ArrayVector;
import io.rivulet.vector.BytesVector;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.FloatVector;
import io.rivulet.vector.MapVector;
import io.rivulet.vector.Selection;
import io.rivulet.vector.StructVector;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Rows as JSON objects, one a line. Fields that are null are left out, as Spark does; NaN and infinities are text, keys
 * of maps are text.
 */
final class JsonEncoder implements RowEncoder {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Node row;
    private final LineEnds lineEnds;

    JsonEncoder(Schema schema, ValueFormats formats, ZoneId zone, LineEnds lineEnds) {
        row = new Node(new StructType(schema), formats, zone);
        this.lineEnds = lineEnds;
    }

    /** How values of one type are written. */
    private static final class Node {
        final DataType type;
        final @Nullable ValueWriter writer;
        final Node[] children;
        final byte[][] names;
        final boolean isText;

        Node(DataType type, ValueFormats formats, ZoneId zone) {
            this.type = type;
            if (type instanceof StructType struct) {
                Schema fields = struct.schema();
                children = new Node[fields.size()];
                names = new byte[children.length][];
                for (int i = 0; i < children.length; i++) {
                    children[i] = new Node(fields.type(i), formats, zone);
                    TextBuffer name = new TextBuffer();
                    byte[] utf8 = fields.field(i).name().getBytes(StandardCharsets.UTF_8);
                    quoted(utf8, 0, utf8.length, name);
                    name.put(':');
                    names[i] = new byte[name.length()];
                    name.view().get(names[i]);
                }
            } else if (type instanceof ArrayType array) {
                children = new Node[] {new Node(array.element(), formats, zone)};
                names = new byte[0][];
            } else if (type instanceof MapType map) {
                children = new Node[] {new Node(map.key(), formats, zone), new Node(map.value(), formats, zone)};
                names = new byte[0][];
            } else {
                children = new Node[0];
                names = new byte[0][];
            }
            writer =
                    children.length == 0 && !(type instanceof StructType) ? new ValueWriter(type, formats, zone) : null;
            isText = !type.isNumeric() && type != SimpleType.BOOLEAN;
        }
    }

    @Override
    public void begin(TextBuffer out) {
        // JSON lines have no header
    }

    @Override
    public void encode(ColumnBatch batch, TextBuffer out) {
        ColumnVector[] columns = new ColumnVector[row.children.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = flat(batch.column(i));
        }
        Selection selection = batch.selection();
        int count = batch.rowCount();
        for (int r = 0; r < count; r++) {
            int start = out.length();
            object(row, columns, selection == null ? r : selection.rows()[r], out);
            end(start, out);
        }
    }

    /** Ends a record, which holds no LF, but may hold what the option gives. */
    private void end(int start, TextBuffer out) {
        int end = out.length();
        byte[] written = lineEnds.written();
        out.put(written, 0, written.length);
        if (!lineEnds.isAny() && lineEnds.find(out.bytes(), start, out.length()) != end) {
            String record = new String(out.bytes(), start, Math.min(80, end - start), StandardCharsets.UTF_8);
            throw ErrorCode.BAD_ARGUMENT.error("the row " + record + " holds what ends a record by the option 'lineSep'"
                    + " of the json sink; set it to text that no value holds, e.g. \\n");
        }
    }

    /** The same values with no encoded vector left at any depth, so that rows need not ask. */
    private static ColumnVector flat(ColumnVector given) {
        ColumnVector vector = given.flatten();
        if (vector instanceof StructVector struct) {
            ColumnVector[] children = new ColumnVector[struct.childCount()];
            for (int i = 0; i < children.length; i++) {
                children[i] = flat(struct.child(i));
            }
            return new StructVector(struct.type(), children, struct.size(), struct.validity());
        }
        if (vector instanceof ArrayVector array) {
            return new ArrayVector(
                    array.type(), array.offsets(), flat(array.elements()), array.size(), array.validity());
        }
        if (vector instanceof MapVector map) {
            return new MapVector(
                    map.type(), map.offsets(), flat(map.keys()), flat(map.values()), map.size(), map.validity());
        }
        return vector;
    }

    private static void object(Node node, ColumnVector[] fields, int row, TextBuffer out) {
        out.put('{');
        boolean first = true;
        for (int i = 0; i < fields.length; i++) {
            if (!fields[i].isNull(row)) {
                if (!first) {
                    out.put(',');
                }
                first = false;
                out.put(node.names[i], 0, node.names[i].length);
                value(node.children[i], fields[i], row, out);
            }
        }
        out.put('}');
    }

    private static void value(Node node, ColumnVector vector, int row, TextBuffer out) {
        if (vector.isNull(row)) {
            out.ascii("null");
        } else if (vector instanceof StructVector struct) {
            ColumnVector[] fields = new ColumnVector[struct.childCount()];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = struct.child(i);
            }
            object(node, fields, row, out);
        } else if (vector instanceof ArrayVector array) {
            out.put('[');
            for (int i = array.offsets()[row]; i < array.offsets()[row + 1]; i++) {
                if (i > array.offsets()[row]) {
                    out.put(',');
                }
                value(node.children[0], array.elements(), i, out);
            }
            out.put(']');
        } else if (vector instanceof MapVector map) {
            out.put('{');
            for (int i = map.offsets()[row]; i < map.offsets()[row + 1]; i++) {
                if (i > map.offsets()[row]) {
                    out.put(',');
                }
                scalar(node.children[0], map.keys(), i, true, out);
                out.put(':');
                value(node.children[1], map.values(), i, out);
            }
            out.put('}');
        } else {
            scalar(node, vector, row, node.isText || !isFinite(vector, row), out);
        }
    }

    private static boolean isFinite(ColumnVector vector, int row) {
        if (vector instanceof DoubleVector doubles) {
            return Double.isFinite(doubles.values()[row]);
        }
        return !(vector instanceof FloatVector floats) || Float.isFinite(floats.values()[row]);
    }

    private static void scalar(Node node, ColumnVector vector, int row, boolean asText, TextBuffer out) {
        ValueWriter writer = node.writer;
        if (writer == null) {
            throw new IllegalStateException("a key of type " + node.type.sql() + " cannot be written");
        }
        if (node.type == SimpleType.STRING) {
            BytesVector bytes = (BytesVector) vector;
            quoted(bytes.data(), bytes.offsets()[row], bytes.length(row), out);
        } else if (asText) {
            int start = out.length();
            writer.write(vector, row, out);
            byte[] text = new byte[out.length() - start];
            for (int i = 0; i < text.length; i++) {
                text[i] = out.at(start + i);
            }
            out.truncate(start);
            quoted(text, 0, text.length, out);
        } else {
            writer.write(vector, row, out);
        }
    }

    private static void quoted(byte[] data, int from, int length, TextBuffer out) {
        out.put('"');
        int end = from + length;
        int start = from;
        for (int i = from; i < end; i++) {
            byte b = data[i];
            if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
                out.put(data, start, i - start);
                start = i + 1;
                out.put('\\');
                switch (b) {
                    case '"', '\\' -> out.put(b);
                    case '\n' -> out.put('n');
                    case '\r' -> out.put('r');
                    case '\t' -> out.put('t');
                    default -> {
                        out.ascii("u00");
                        out.put(HEX[b >> 4]);
                        out.put(HEX[b & 15]);
                    }
                }
            }
        }
        out.put(data, start, end - start);
        out.put('"');
    }
}
