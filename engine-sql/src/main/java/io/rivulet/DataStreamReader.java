package io.rivulet;

/**
 * Reads an unbounded table.
 *
 * <pre>{@code
 * DataFrame events = engine.readStream().schema("ts TIMESTAMP, user STRING")
 *         .option("maxFilesPerTrigger", 10).json("/data/events/*.json");
 * }</pre>
 */
public final class DataStreamReader extends DataReader<DataStreamReader> {
    DataStreamReader(Session session) {
        super(session, true);
    }

    @Override
    DataStreamReader self() {
        return this;
    }
}
