package io.rivulet.state.local.format;

import io.rivulet.state.StateColumn;
import io.rivulet.state.TableSpec;
import io.rivulet.state.local.format.ByteReader.MalformedBytesException;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.SimpleType;
import java.util.ArrayList;
import java.util.List;

/**
 * Table specs.
 *
 * <pre>
 * specs  := varint spec*
 * spec   := text (operator) varint column* (keys) varint column* (values)
 * column := text (name) text (type as SQL) byte (nullable) long (initial bits)
 * </pre>
 */
public final class SpecCodec {
    private SpecCodec() {}

    static void write(List<TableSpec> specs, FrameBuffer out) {
        out.putVarint(specs.size());
        for (TableSpec spec : specs) {
            out.putText(spec.operator());
            writeColumns(spec.keys(), out);
            writeColumns(spec.values(), out);
        }
    }

    private static void writeColumns(List<StateColumn> columns, FrameBuffer out) {
        out.putVarint(columns.size());
        for (StateColumn column : columns) {
            out.putText(column.name());
            out.putText(column.type().sql());
            out.putByte(column.nullable() ? 1 : 0);
            out.putLong(column.initial());
        }
    }

    static List<TableSpec> read(ByteReader in) {
        int count = in.getCount();
        List<TableSpec> specs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            specs.add(new TableSpec(in.getText(), readColumns(in), readColumns(in)));
        }
        return specs;
    }

    private static List<StateColumn> readColumns(ByteReader in) {
        int count = in.getCount();
        List<StateColumn> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(new StateColumn(in.getText(), type(in.getText()), in.getByte() != 0, in.getLong()));
        }
        return columns;
    }

    /** The type that {@link DataType#sql} writes so; a state column has no nested type. */
    public static DataType type(String sql) {
        for (SimpleType type : SimpleType.values()) {
            if (type.sql().equals(sql)) {
                return type;
            }
        }
        int comma = sql.indexOf(',');
        if (sql.startsWith("DECIMAL(") && sql.endsWith(")") && comma > 0) {
            try {
                return new DecimalType(
                        Integer.parseInt(sql, "DECIMAL(".length(), comma, 10),
                        Integer.parseInt(sql, comma + 1, sql.length() - 1, 10));
            } catch (NumberFormatException e) {
                throw new MalformedBytesException("no state column is of type " + sql);
            }
        }
        throw new MalformedBytesException("no state column is of type " + sql);
    }
}
