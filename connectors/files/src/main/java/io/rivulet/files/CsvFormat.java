package io.rivulet.files;

import io.rivulet.connector.ReadContext;
import io.rivulet.error.ErrorCode;
import io.rivulet.type.Schema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV in UTF-8. */
record CsvFormat(DelimitedText text, ValueFormats values, Mode mode) implements FileFormat {
    @Override
    public String name() {
        return "csv";
    }

    @Override
    public RecordScanner scan(ByteInput input, Path file, long from, long to, long line) {
        RecordScanner scanner = new RecordScanner(input, file, from, to, line, RecordForm.csv(text));
        if (from == 0 && text.header()) {
            try {
                scanner.next();
            } catch (RuntimeException e) {
                scanner.close();
                throw e;
            }
        }
        return scanner;
    }

    @Override
    public RecordParser parser(Path file, long end, Schema schema, ReadContext context) {
        int[] slots;
        if (text.header()) {
            slots = slotsByName(file, end, schema, context);
        } else {
            slots = new int[schema.size()];
            Arrays.fill(slots, CsvParser.UNWANTED);
            int[] columns = context.columns();
            for (int i = 0; i < columns.length; i++) {
                slots[columns[i]] = i;
            }
        }
        return new CsvParser(text, values, context, slots);
    }

    private int[] slotsByName(Path file, long end, Schema schema, ReadContext context) {
        List<String> header = header(file, end);
        if (header == null) {
            return new int[0]; // an empty file has no rows to misread
        }
        int[] slots = new int[header.size()];
        Arrays.fill(slots, CsvParser.UNWANTED);
        List<String> missing = new ArrayList<>(schema.names());
        List<String> unknown = new ArrayList<>();
        int[] columns = context.columns();
        for (int i = 0; i < slots.length; i++) {
            int index = schema.indexOf(header.get(i));
            if (index < 0) {
                unknown.add(header.get(i));
                continue;
            }
            if (!missing.remove(schema.field(index).name())) {
                throw ErrorCode.HEADER_MISMATCH.error(
                        file + ", line 1: the header names the column '" + header.get(i) + "' twice; correct the file");
            }
            slots[i] =
                    Arrays.binarySearch(columns, index) >= 0 ? Arrays.binarySearch(columns, index) : CsvParser.UNWANTED;
        }
        if (!missing.isEmpty()) {
            throw ErrorCode.HEADER_MISMATCH.error(file + ", line 1: the header lacks the declared columns " + missing
                    + (unknown.isEmpty() ? "" : " and has others, " + unknown)
                    + "; it reads " + header + ". Declare the columns as the files name them, or set header=false if"
                    + " the first line is data");
        }
        return slots;
    }

    /** The first record as names, those that are blank as {@code _c0} and so on; null when there is none. */
    @Nullable
    List<String> header(Path file, long end) {
        try (RecordScanner scanner =
                new RecordScanner(ByteInput.open(file, 0), file, 0, end, 1, RecordForm.csv(text))) {
            if (!scanner.next()) {
                return null;
            }
            List<String> names = fields(scanner);
            for (int i = 0; i < names.size(); i++) {
                names.set(i, names.get(i).isEmpty() ? "_c" + i : names.get(i));
            }
            return names;
        }
    }

    /** The fields of the scanner's record as texts, without quotes and blanks around them. */
    List<String> fields(RecordScanner scanner) {
        List<String> fields = new ArrayList<>();
        byte[] data = scanner.buffer();
        int start = scanner.from();
        boolean quoted = false;
        for (int i = start; i <= scanner.to(); i++) {
            if (i == scanner.to() || (data[i] == text.separator() && !quoted)) {
                fields.add(unquote(new String(data, start, i - start, StandardCharsets.UTF_8)));
                start = i + 1;
            } else if (data[i] == text.quote()) {
                quoted = !quoted;
            }
        }
        return fields;
    }

    /** As {@link #fields}, with null for what stands for it. */
    List<@Nullable String> values(RecordScanner scanner) {
        List<@Nullable String> values = new ArrayList<>();
        for (String field : fields(scanner)) {
            values.add(field.isEmpty() || field.equals(text.nullValue()) ? null : field);
        }
        return values;
    }

    private String unquote(String name) {
        if (text.quote() == RecordForm.NO_QUOTE) {
            return name.strip();
        }
        String quote = String.valueOf((char) text.quote());
        String stripped = name.strip();
        boolean quoted = stripped.length() >= 2 && stripped.startsWith(quote) && stripped.endsWith(quote);
        return quoted ? stripped.substring(1, stripped.length() - 1).replace(quote + quote, quote) : stripped;
    }
}
