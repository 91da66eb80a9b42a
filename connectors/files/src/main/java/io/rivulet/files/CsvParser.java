package io.rivulet.files;

import io.rivulet.connector.ReadContext;
import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnBuilder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Cuts a record into fields and parses the wanted ones, straight from the bytes. */
final class CsvParser implements RecordParser {
    /** In {@code slots}: the field is not read. */
    static final int UNWANTED = -1;

    private static final int SHOWN = 80;

    private final byte separator;
    private final int quote;
    private final byte[] nullText;
    private final int[] slots;
    private final ValueParser[] parsers;
    private final ReadContext context;
    private byte[] unescaped = new byte[64];

    /** @param slots for each field of a record, which of the wanted columns it is */
    CsvParser(DelimitedText text, ValueFormats formats, ReadContext context, int[] slots) {
        this.separator = text.separator();
        this.quote = text.quote();
        this.nullText = text.nullValue().getBytes(StandardCharsets.UTF_8);
        this.slots = slots;
        this.context = context;
        this.parsers = new ValueParser[context.schema().size()];
        for (int i = 0; i < parsers.length; i++) {
            parsers[i] = new ValueParser(context.schema().type(i), formats, context.zone());
        }
    }

    @Override
    public @Nullable Problem parse(byte[] data, int from, int to, ColumnBuilder[] builders) {
        int field = 0;
        int i = from;
        while (true) {
            int slot = field < slots.length ? slots[field] : UNWANTED;
            if (i < to && data[i] == quote && quote != RecordForm.NO_QUOTE) {
                int close = closingQuote(data, i + 1, to);
                if (close < 0) {
                    return new Problem(null, shown(data, i, to), "has a quote that is never closed");
                }
                int behind = close + 1;
                if (behind < to && data[behind] != separator) {
                    return new Problem(null, shown(data, i, to), "has text behind a closing quote");
                }
                if (slot >= 0 && !parseQuoted(data, i + 1, close, parsers[slot], builders[slot])) {
                    return problem(slot, data, i + 1, close);
                }
                i = behind;
            } else {
                int end = i;
                while (end < to && data[end] != separator) {
                    end++;
                }
                if (slot >= 0) {
                    if (end == i || isNullText(data, i, end)) {
                        builders[slot].appendNull();
                    } else if (!parsers[slot].parse(data, i, end, builders[slot])) {
                        return problem(slot, data, i, end);
                    }
                }
                i = end;
            }
            field++;
            if (i >= to) {
                break;
            }
            i++;
        }
        return field == slots.length
                ? null
                : new Problem(null, shown(data, from, to), "has " + field + " fields instead of " + slots.length);
    }

    private int closingQuote(byte[] data, int from, int to) {
        int i = from;
        while (i < to) {
            if (data[i] == quote) {
                if (i + 1 < to && data[i + 1] == quote) {
                    i++;
                } else {
                    return i;
                }
            }
            i++;
        }
        return -1;
    }

    private boolean parseQuoted(byte[] data, int from, int to, ValueParser parser, ColumnBuilder builder) {
        if (from == to && !parser.takesEmptyText()) {
            builder.appendNull();
            return true;
        }
        int length = 0;
        if (unescaped.length < to - from) {
            unescaped = new byte[Math.max(to - from, unescaped.length * 2)];
        }
        for (int i = from; i < to; i++) {
            unescaped[length++] = data[i];
            if (data[i] == quote) {
                i++; // its double
            }
        }
        return parser.parse(unescaped, 0, length, builder);
    }

    private boolean isNullText(byte[] data, int from, int to) {
        if (to - from != nullText.length) {
            return false;
        }
        for (int i = 0; i < nullText.length; i++) {
            if (data[from + i] != nullText[i]) {
                return false;
            }
        }
        return true;
    }

    private Problem problem(int slot, byte[] data, int from, int to) {
        DataType type = context.schema().type(slot);
        return new Problem(
                context.schema().field(slot).name(),
                shown(data, from, to),
                type == DataType.STRING ? "is no text in UTF-8" : "is no " + type.sql());
    }

    static String shown(byte[] data, int from, int to) {
        boolean whole = to - from <= SHOWN;
        return new String(data, from, whole ? to - from : SHOWN, StandardCharsets.UTF_8) + (whole ? "" : "…");
    }
}
