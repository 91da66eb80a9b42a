package io.rivulet.state.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rivulet.error.RivuletException;
import io.rivulet.file.FileAccess;
import io.rivulet.state.StateColumn;
import io.rivulet.state.TableSpec;
import io.rivulet.state.local.format.CheckpointFiles;
import io.rivulet.state.local.format.FileFormat;
import io.rivulet.state.local.format.SpecCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code query.json}: what the query of a checkpoint is. One JSON object; its last member is the CRC-32C, in
 * hex, of all bytes before the comma in front of it.
 */
record QueryFile(
        String queryId,
        int hashId,
        String watermarkPolicy,
        Map<String, String> fingerprint,
        List<TableSpec> operators) {
    private static final String CHECKSUM = ",\"checksum\":\"";

    QueryFile {
        fingerprint = new TreeMap<>(fingerprint);
        operators = List.copyOf(operators);
    }

    /** Writes the file anew, durable under its name. */
    void write(CheckpointFiles paths, FileAccess files) throws IOException {
        files.delete(paths.queryDraft());
        try (FileAccess.Output out = files.create(paths.queryDraft())) {
            out.write(ByteBuffer.wrap(json()));
            out.sync();
        }
        files.rename(paths.queryDraft(), paths.query());
        files.syncDirectory(paths.root());
    }

    private byte[] json() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("formatVersion", FileFormat.VERSION);
            json.writeStringField("queryId", queryId);
            json.writeNumberField("hashId", hashId);
            json.writeStringField("watermarkPolicy", watermarkPolicy);
            json.writeObjectFieldStart("fingerprint");
            for (Map.Entry<String, String> entry : fingerprint.entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("operators");
            for (TableSpec spec : operators) {
                json.writeStartObject();
                json.writeStringField("operator", spec.operator());
                columns(json, "keys", spec.keys());
                columns(json, "values", spec.values());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT); // the object ends with the checksum
        }
        text.writeBytes((CHECKSUM + checksum(text.toByteArray()) + "\"}\n").getBytes(StandardCharsets.UTF_8));
        return text.toByteArray();
    }

    private static void columns(JsonGenerator json, String name, List<StateColumn> columns) throws IOException {
        json.writeArrayFieldStart(name);
        for (StateColumn column : columns) {
            json.writeStartObject();
            json.writeStringField("name", column.name());
            json.writeStringField("type", column.type().sql());
            json.writeBooleanField("nullable", column.nullable());
            json.writeNumberField("initial", column.initial());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return Long.toHexString(crc.getValue());
    }

    /**
     * Reads the file.
     *
     * @throws RivuletException CHECKPOINT_CORRUPT, CHECKPOINT_VERSION
     */
    static QueryFile read(Path file, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Reader reader = new Reader();
        try (JsonParser json = new JsonFactory().createParser(bytes)) {
            reader.object(json);
        } catch (IOException | RuntimeException e) {
            throw FileFormat.corrupt(file, 0, "it is no whole JSON object of the expected form");
        }
        if (!FileFormat.reads(reader.version)) {
            throw FileFormat.newer(file, reader.version);
        }
        int seal = text.lastIndexOf(CHECKSUM);
        String sealed = seal < 0 ? "" : text.substring(0, seal);
        if (!text.equals(sealed + CHECKSUM + checksum(sealed.getBytes(StandardCharsets.UTF_8)) + "\"}\n")) {
            throw FileFormat.corrupt(file, 0, "its checksum is wrong");
        }
        return new QueryFile(
                reader.queryId, reader.hashId, reader.watermarkPolicy, reader.fingerprint, reader.operators);
    }

    /** Takes the members it knows. */
    private static final class Reader {
        private int version;
        private String queryId = "";
        private int hashId;
        private String watermarkPolicy = "";
        private final Map<String, String> fingerprint = new LinkedHashMap<>();
        private final List<TableSpec> operators = new ArrayList<>();

        void object(JsonParser json) throws IOException {
            expect(json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "formatVersion" -> version = json.getIntValue();
                    case "queryId" -> queryId = json.getText();
                    case "hashId" -> hashId = json.getIntValue();
                    case "watermarkPolicy" -> watermarkPolicy = json.getText();
                    case "fingerprint" -> {
                        while (json.nextToken() == JsonToken.FIELD_NAME) {
                            fingerprint.put(json.currentName(), json.nextTextValue());
                        }
                    }
                    case "operators" -> {
                        while (json.nextToken() == JsonToken.START_OBJECT) {
                            operators.add(spec(json));
                        }
                    }
                    default -> json.skipChildren();
                }
            }
            expect(json.currentToken(), JsonToken.END_OBJECT);
        }

        private static void expect(@Nullable JsonToken token, JsonToken expected) throws IOException {
            if (token != expected) {
                throw new IOException(token + " where " + expected + " is due");
            }
        }

        private static TableSpec spec(JsonParser json) throws IOException {
            String operator = "";
            List<StateColumn> keys = List.of();
            List<StateColumn> values = List.of();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "operator" -> operator = json.getText();
                    case "keys" -> keys = columns(json);
                    case "values" -> values = columns(json);
                    default -> json.skipChildren();
                }
            }
            return new TableSpec(operator, keys, values);
        }

        private static List<StateColumn> columns(JsonParser json) throws IOException {
            List<StateColumn> columns = new ArrayList<>();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                String name = "";
                String type = "";
                boolean nullable = false;
                long initial = 0;
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String member = json.currentName();
                    json.nextToken();
                    switch (member) {
                        case "name" -> name = json.getText();
                        case "type" -> type = json.getText();
                        case "nullable" -> nullable = json.getBooleanValue();
                        case "initial" -> initial = json.getLongValue();
                        default -> json.skipChildren();
                    }
                }
                columns.add(new StateColumn(name, SpecCodec.type(type), nullable, initial));
            }
            return columns;
        }
    }
}
