package io.rivulet.vector;

import io.rivulet.type.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Rows as a table of text whose columns line up, as {@code show()} and the console sink print it: numbers to the right,
 * the rest to the left, a null as {@code NULL}.
 */
public final class TableText {
    private TableText() {}

    /**
     * The table, each line ending with a line feed.
     *
     * @param batches the rows, in order
     * @param maxRows rows to show at most; a last line says when there are more
     * @param maxWidth characters of a value to show at most, the last three of them dots when it is cut; 0 for no limit
     * @param zone the session time zone, in which timestamps are shown
     */
    public static String of(Schema schema, List<ColumnBatch> batches, int maxRows, int maxWidth, ZoneId zone) {
        List<String[]> rows = new ArrayList<>();
        String[] header = new String[schema.size()];
        int[] widths = new int[header.length];
        for (int i = 0; i < header.length; i++) {
            header[i] = cut(schema.field(i).name(), maxWidth);
            widths[i] = Math.max(3, header[i].length());
        }
        boolean more = false;
        for (ColumnBatch batch : batches) {
            int count = batch.rowCount();
            for (int r = 0; r < count; r++) {
                if (rows.size() == maxRows) {
                    more = true;
                    break;
                }
                Row row = batch.row(r);
                String[] cells = new String[header.length];
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = cut(text(row.get(i), zone), maxWidth);
                    widths[i] = Math.max(widths[i], cells[i].length());
                }
                rows.add(cells);
            }
        }
        StringBuilder table = new StringBuilder();
        rule(table, widths);
        line(table, schema, header, widths);
        rule(table, widths);
        for (String[] cells : rows) {
            line(table, schema, cells, widths);
        }
        rule(table, widths);
        if (more) {
            table.append("only showing top ").append(maxRows).append(maxRows == 1 ? " row\n" : " rows\n");
        }
        return table.toString();
    }

    private static void rule(StringBuilder table, int[] widths) {
        table.append('+');
        for (int width : widths) {
            table.append("-".repeat(width)).append('+');
        }
        table.append('\n');
    }

    private static void line(StringBuilder table, Schema schema, String[] cells, int[] widths) {
        table.append('|');
        for (int i = 0; i < cells.length; i++) {
            String pad = " ".repeat(widths[i] - cells[i].length());
            if (schema.type(i).isNumeric()) {
                table.append(pad).append(cells[i]);
            } else {
                table.append(cells[i]).append(pad);
            }
            table.append('|');
        }
        table.append('\n');
    }

    private static String cut(String text, int maxWidth) {
        String line = text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
        if (maxWidth <= 0 || line.length() <= maxWidth) {
            return line;
        }
        return maxWidth < 4 ? line.substring(0, maxWidth) : line.substring(0, maxWidth - 3) + "...";
    }

    /** One value, one of those {@link ColumnVector#objectAt} gives, as the table shows it. */
    public static String text(@Nullable Object value, ZoneId zone) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Instant instant) {
            return time(LocalDateTime.ofInstant(instant, zone));
        }
        if (value instanceof LocalDateTime time) {
            return time(time);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return "[" + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes) + "]";
        }
        if (value instanceof Row row) {
            return join("{", row.values(), "}", zone);
        }
        if (value instanceof List<?> list) {
            return join("[", list, "]", zone);
        }
        if (value instanceof Map<?, ?> map) {
            StringJoiner text = new StringJoiner(", ", "{", "}");
            map.forEach((k, v) -> text.add(text(k, zone) + " -> " + text(v, zone)));
            return text.toString();
        }
        return value.toString();
    }

    private static String join(String open, List<?> values, String close, ZoneId zone) {
        StringJoiner text = new StringJoiner(", ", open, close);
        for (Object value : values) {
            text.add(text(value, zone));
        }
        return text.toString();
    }

    /** {@code 2001-01-01 00:47:00}, with a fraction only when there is one. */
    private static String time(LocalDateTime time) {
        String text = time.toLocalDate() + " " + time.toLocalTime();
        String full = time.getSecond() == 0 && time.getNano() == 0 ? text + ":00" : text;
        return time.getNano() == 0 ? full : full.replaceAll("0+$", "");
    }
}
