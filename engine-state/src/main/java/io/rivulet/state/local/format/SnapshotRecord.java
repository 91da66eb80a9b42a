package io.rivulet.state.local.format;

import io.rivulet.state.TableSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A complete snapshot: rows copied between two versions. The log from {@code version} on makes them the state at any
 * version from {@code endVersion} on.
 *
 * @param version the state version when copying began; also the batch whose log comes next
 * @param endVersion the state version when the last rows were copied
 * @param bytes of all its files
 * @param tables what it holds, so that a table added later is known to be missing
 */
public record SnapshotRecord(Generation generation, long version, long endVersion, long bytes, List<String> tables) {
    public SnapshotRecord {
        tables = List.copyOf(tables);
    }

    /** The names of tables. */
    public static List<String> names(List<TableSpec> specs) {
        return specs.stream().map(TableSpec::operator).toList();
    }

    /** Appends it. */
    public void write(FrameBuffer out) {
        generation.write(out);
        out.putVarint(version);
        out.putVarint(endVersion);
        out.putVarint(bytes);
        out.putVarint(tables.size());
        for (String table : tables) {
            out.putText(table);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static SnapshotRecord read(ByteReader in) {
        Generation generation = Generation.read(in);
        long version = in.getVarint();
        long endVersion = in.getVarint();
        long bytes = in.getVarint();
        int count = in.getCount();
        List<String> tables = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tables.add(in.getText());
        }
        return new SnapshotRecord(generation, version, endVersion, bytes, tables);
    }
}
