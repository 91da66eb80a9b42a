package io.rivulet.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that a task has written and synced.
 *
 * @param name what it is called once it is visible
 * @param staged its name in {@code _rivulet/staging}
 * @param crc32c of its bytes, 8 hex digits
 */
record StagedFile(String name, String staged, long bytes, long rows, String crc32c) {
    static final JsonFactory JSON = new JsonFactory();

    static void write(JsonGenerator json, List<StagedFile> files) throws IOException {
        json.writeArrayFieldStart("files");
        for (StagedFile file : files) {
            json.writeStartObject();
            json.writeStringField("name", file.name);
            json.writeStringField("staged", file.staged);
            json.writeNumberField("bytes", file.bytes);
            json.writeNumberField("rows", file.rows);
            json.writeStringField("crc32c", file.crc32c);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Reads the array the parser stands at. */
    static List<StagedFile> read(JsonParser json) throws IOException {
        List<StagedFile> files = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String name = "";
            String staged = "";
            String crc32c = "";
            long bytes = 0;
            long rows = 0;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "name" -> name = json.getText();
                    case "staged" -> staged = json.getText();
                    case "bytes" -> bytes = json.getLongValue();
                    case "rows" -> rows = json.getLongValue();
                    case "crc32c" -> crc32c = json.getText();
                    default -> json.skipChildren();
                }
            }
            files.add(new StagedFile(name, staged, bytes, rows, crc32c));
        }
        return files;
    }
}
