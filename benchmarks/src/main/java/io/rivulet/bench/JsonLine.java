package io.rivulet.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;

/** Builds one JSON object on one line, members in the order they are put. */
final class JsonLine {
    private static final JsonFactory FORMAT = new JsonFactory();
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private final StringWriter text = new StringWriter();
    private final JsonGenerator generator;

    JsonLine() {
        try {
            generator = FORMAT.createGenerator(text);
            generator.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonLine put(String name, String value) {
        return member(() -> generator.writeStringField(name, value));
    }

    JsonLine put(String name, long value) {
        return member(() -> generator.writeNumberField(name, value));
    }

    JsonLine put(String name, boolean value) {
        return member(() -> generator.writeBooleanField(name, value));
    }

    /** A measured value, to four significant digits and never in exponent form. */
    JsonLine put(String name, double value) {
        return member(() -> {
            generator.writeFieldName(name);
            generator.writeNumber(new BigDecimal(value)
                    .round(FOUR_DIGITS)
                    .stripTrailingZeros()
                    .toPlainString());
        });
    }

    /** The object; call once. */
    String end() {
        member(() -> {
            generator.writeEndObject();
            generator.close();
        });
        return text.toString();
    }

    private JsonLine member(Writing writing) {
        try {
            writing.write();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Writing {
        void write() throws IOException;
    }
}
