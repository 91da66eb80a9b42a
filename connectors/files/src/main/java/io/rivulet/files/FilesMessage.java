package io.rivulet.files;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rivulet.connector.SinkMessage;
import io.rivulet.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What a task of a file sink hands over: the files it staged, none or one. In the log: {@code {"files":[…]}}. */
record FilesMessage(List<StagedFile> files) implements SinkMessage {
    @Override
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = StagedFile.JSON.createGenerator(bytes)) {
            json.writeStartObject();
            StagedFile.write(json, files);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    static FilesMessage decode(byte[] message) {
        List<StagedFile> files = List.of();
        try (JsonParser json = StagedFile.JSON.createParser(message)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("files")) {
                    files = StagedFile.read(json);
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            throw ErrorCode.CHECKPOINT_CORRUPT.error(
                    "the log holds a message that is none of a file sink (" + e.getMessage()
                            + "); the checkpoint belongs to another kind of sink",
                    e);
        }
        return new FilesMessage(files);
    }
}
