package io.rivulet.streaming;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** A progress record as JSON, its fields in the order and under the names that Spark's users know. */
final class ProgressJson {
    private static final JsonFactory JSON = new JsonFactory();

    private ProgressJson() {}

    static String write(QueryProgress progress, boolean pretty) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            if (pretty) {
                DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
                printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
                printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
                json.setPrettyPrinter(printer);
            }
            progress(progress, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void progress(QueryProgress progress, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", progress.id());
        json.writeStringField("runId", progress.runId());
        json.writeStringField("name", progress.name());
        json.writeStringField("timestamp", progress.timestamp());
        json.writeNumberField("batchId", progress.batchId());
        json.writeNumberField("batchDuration", progress.batchDuration());
        json.writeNumberField("numInputRows", progress.numInputRows());
        json.writeNumberField("inputRowsPerSecond", progress.inputRowsPerSecond());
        json.writeNumberField("processedRowsPerSecond", progress.processedRowsPerSecond());
        json.writeObjectFieldStart("durationMs");
        for (Map.Entry<String, Long> duration : progress.durationMs().entrySet()) {
            json.writeNumberField(duration.getKey(), duration.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("cpuTimeMs", progress.cpuTimeMs());
        json.writeObjectFieldStart("eventTime");
        for (Map.Entry<String, String> time : progress.eventTime().entrySet()) {
            json.writeStringField(time.getKey(), time.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("stateOperators");
        for (QueryProgress.StateOperatorProgress operator : progress.stateOperators()) {
            stateOperator(operator, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("sources");
        for (QueryProgress.SourceProgress source : progress.sources()) {
            source(source, json);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("sink");
        json.writeStringField("description", progress.sink().description());
        json.writeNumberField("numOutputRows", progress.sink().numOutputRows());
        json.writeEndObject();
        json.writeArrayFieldStart("sideSinks");
        for (QueryProgress.SideSinkProgress sink : progress.sideSinks()) {
            json.writeStartObject();
            json.writeStringField("name", sink.name());
            json.writeStringField("description", sink.description());
            json.writeNumberField("numOutputRows", sink.numOutputRows());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void stateOperator(QueryProgress.StateOperatorProgress operator, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("operatorName", operator.operatorName());
        json.writeNumberField("numRowsTotal", operator.numRowsTotal());
        json.writeNumberField("numRowsUpdated", operator.numRowsUpdated());
        json.writeNumberField("numRowsRemoved", operator.numRowsRemoved());
        json.writeNumberField("numRowsDroppedByWatermark", operator.numRowsDroppedByWatermark());
        json.writeNumberField("numRowsDroppedByNullTime", operator.numRowsDroppedByNullTime());
        json.writeNumberField("memoryUsedBytes", operator.memoryUsedBytes());
        json.writeNumberField("commitTimeMs", operator.commitTimeMs());
        json.writeEndObject();
    }

    private static void source(QueryProgress.SourceProgress source, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("description", source.description());
        json.writeStringField("startOffset", source.startOffset());
        json.writeStringField("endOffset", source.endOffset());
        json.writeStringField("latestOffset", source.latestOffset());
        json.writeNumberField("numInputRows", source.numInputRows());
        json.writeNumberField("numMalformedRows", source.numMalformedRows());
        json.writeEndObject();
    }
}
