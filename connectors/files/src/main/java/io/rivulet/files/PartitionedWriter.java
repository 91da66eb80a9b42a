package io.rivulet.files;

import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.error.ErrorCode;
import io.rivulet.file.FileAccess;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Selection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Writes the rows of one task to a staged file per combination of partition values, at most {@link #MOST_OPEN} of them
 * open at a time: the one that was written to longest ago is parked for another. Rows keep their order in each file.
 */
final class PartitionedWriter implements SinkWriter {
    static final int MOST_OPEN = 64;

    /** The longest name of a file or directory on the usual file systems. */
    private static final int LONGEST_NAME = 255;

    /** No byte of UTF-8. */
    private static final int END = 0xFF;

    private final FileAccess files;
    private final Path staging;
    private final Schema schema;
    private final int[] partitionColumns;
    private final int[] otherColumns;
    private final Schema otherSchema;
    private final ValueWriter[] writers;
    private final BiFunction<Integer, String, StagedOutput> outputs;
    private final Map<Key, Partition> partitions = new HashMap<>();
    private final LinkedHashSet<Partition> open = new LinkedHashSet<>();
    private final List<Partition> touched = new ArrayList<>();
    private final TextBuffer scratch = new TextBuffer();
    private final Key probe = new Key();

    /** @param outputs makes the file of a partition from its number and its directory, which ends with a slash */
    PartitionedWriter(
            FileAccess files,
            Path staging,
            Schema schema,
            List<Integer> partitionColumns,
            ZoneId zone,
            BiFunction<Integer, String, StagedOutput> outputs) {
        this.files = files;
        this.staging = staging;
        this.schema = schema;
        this.partitionColumns =
                partitionColumns.stream().mapToInt(Integer::intValue).toArray();
        this.otherColumns = others(schema, partitionColumns);
        this.otherSchema = schema.select(otherColumns);
        this.outputs = outputs;
        this.writers = new ValueWriter[partitionColumns.size()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = new ValueWriter(schema.type(this.partitionColumns[i]), ValueFormats.ISO, zone);
        }
    }

    /** The columns that stay in the files. */
    static int[] others(Schema schema, List<Integer> partitionColumns) {
        int[] others = new int[schema.size() - partitionColumns.size()];
        int next = 0;
        for (int i = 0; i < schema.size(); i++) {
            if (!partitionColumns.contains(i)) {
                others[next++] = i;
            }
        }
        return others;
    }

    /** Bytes that are equal when all partition values are; as a probe they are those of the scratch buffer. */
    private static final class Key {
        private byte[] bytes = new byte[0];
        private int length;
        private int hash;

        void set(byte[] source, int count) {
            bytes = source;
            length = count;
            int h = 1;
            for (int i = 0; i < count; i++) {
                h = 31 * h + source[i];
            }
            hash = h;
        }

        Key copy() {
            Key copy = new Key();
            copy.bytes = Arrays.copyOf(bytes, length);
            copy.length = length;
            copy.hash = hash;
            return copy;
        }

        @Override
        public boolean equals(@org.jspecify.annotations.Nullable Object other) {
            return other instanceof Key key && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private static final class Partition {
        private final Key key;
        private final StagedOutput output;
        private int[] rows = new int[16];
        private int count;

        Partition(Key key, StagedOutput output) {
            this.key = key;
            this.output = output;
        }

        void add(int row) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, count * 2);
            }
            rows[count++] = row;
        }
    }

    @Override
    public void write(ColumnBatch batch) {
        int count = batch.rowCount();
        if (count == 0) {
            return;
        }
        assign(batch, count);
        ColumnVector[] columns = new ColumnVector[otherColumns.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(otherColumns[i]).flatten();
        }
        for (Partition partition : touched) {
            makeRoom(partition);
            partition.output.write(new ColumnBatch(
                    otherSchema, columns, batch.size(), new Selection(partition.rows, partition.count)));
            partition.count = 0;
        }
        touched.clear();
    }

    private void assign(ColumnBatch batch, int count) {
        ColumnVector[] keys = new ColumnVector[partitionColumns.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = batch.column(partitionColumns[i]).flatten();
        }
        Selection selection = batch.selection();
        Partition last = null;
        for (int r = 0; r < count; r++) {
            int row = selection == null ? r : selection.rows()[r];
            scratch.truncate(0);
            for (int i = 0; i < keys.length; i++) {
                if (!keys[i].isNull(row)) { // null and the empty text are one directory, so they must be one key
                    writers[i].write(keys[i], row, scratch);
                }
                scratch.put(END);
            }
            probe.set(scratch.bytes(), scratch.length());
            if (last == null || !probe.equals(last.key)) {
                last = partition();
            }
            if (last.count == 0) {
                touched.add(last);
            }
            last.add(row);
        }
    }

    private Partition partition() {
        Partition known = partitions.get(probe);
        if (known == null) {
            Key key = probe.copy();
            known = new Partition(key, outputs.apply(partitions.size(), directory(key)));
            partitions.put(key, known);
        }
        return known;
    }

    private String directory(Key key) {
        StringBuilder path = new StringBuilder();
        int at = 0;
        for (int column : partitionColumns) {
            int begin = path.length();
            int end = at;
            while ((key.bytes[end] & 0xFF) != END) {
                end++;
            }
            PartitionPath.append(path, schema.field(column).name(), key.bytes, at, end);
            int length = path.substring(begin).getBytes(StandardCharsets.UTF_8).length;
            if (length > LONGEST_NAME) {
                throw ErrorCode.BAD_ARGUMENT.error("a value of the partition column "
                        + schema.field(column).name() + " makes the name of a directory " + length
                        + " bytes long, and " + LONGEST_NAME + " is the most: " + path.substring(begin, begin + 40)
                        + "…; partition by something shorter, e.g. a hash of it");
            }
            path.append('/');
            at = end + 1;
        }
        return path.toString();
    }

    private void makeRoom(Partition partition) {
        if (!open.remove(partition) && open.size() == MOST_OPEN) {
            Partition oldest = open.iterator().next();
            open.remove(oldest);
            oldest.output.park();
        }
        open.add(partition);
    }

    @Override
    public SinkMessage prepare() {
        List<StagedFile> staged = new ArrayList<>(partitions.size());
        for (Partition partition : inOrder()) {
            staged.add(partition.output.prepare());
        }
        if (!staged.isEmpty()) {
            FileSinkWriter.sync(files, staging);
        }
        return new FilesMessage(staged);
    }

    private List<Partition> inOrder() {
        List<Partition> sorted = new ArrayList<>(partitions.values());
        sorted.sort((a, b) -> Arrays.compareUnsigned(a.key.bytes, 0, a.key.length, b.key.bytes, 0, b.key.length));
        return sorted;
    }

    @Override
    public void abort() {
        partitions.values().forEach(partition -> partition.output.abort());
    }
}
