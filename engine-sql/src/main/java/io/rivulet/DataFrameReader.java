package io.rivulet;

/**
 * Reads a bounded table.
 *
 * <pre>{@code
 * DataFrame flights = engine.read().schema("origin STRING, delay INT").option("header", true).csv("flights.csv");
 * }</pre>
 */
public final class DataFrameReader extends DataReader<DataFrameReader> {
    DataFrameReader(Session session) {
        super(session, false);
    }

    @Override
    DataFrameReader self() {
        return this;
    }
}
