package io.rivulet.execution;

import io.rivulet.operator.sink.SinkOperator;
import io.rivulet.plan.Scan;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a source that serves all scans of it in one partition, whatever stages they stand in: every split is
 * read once, with the columns that any of them wants, and each takes its own.
 *
 * @param scan the source with all the wanted columns
 * @param takers the scans it serves, in the order of stages and of their leaves
 */
record SharedScan(Scan scan, List<Taker> takers) {
    /** One scan among those served. */
    static final class Taker {
        private final Pipeline.ScanLeaf leaf;
        private final int[] positions;

        /** @param positions where its columns are among those read */
        Taker(Pipeline.ScanLeaf leaf, int[] positions) {
            this.leaf = leaf;
            this.positions = positions;
        }
    }

    /** One reading per source, in the order in which the sources first appear. */
    static List<SharedScan> of(List<Pipeline.ScanLeaf> leaves) {
        Map<String, List<Pipeline.ScanLeaf>> bySource = new LinkedHashMap<>();
        for (Pipeline.ScanLeaf leaf : leaves) {
            bySource.computeIfAbsent(leaf.scan().sourceId(), id -> new ArrayList<>())
                    .add(leaf);
        }
        return bySource.entrySet().stream()
                .map(e -> ofSource(e.getKey(), e.getValue()))
                .toList();
    }

    private static SharedScan ofSource(String sourceId, List<Pipeline.ScanLeaf> leaves) {
        TreeMap<Integer, Field> wanted = new TreeMap<>();
        for (Pipeline.ScanLeaf leaf : leaves) {
            Scan scan = leaf.scan();
            for (int i = 0; i < scan.columns().size(); i++) {
                wanted.put(scan.columns().get(i), scan.schema().field(i));
            }
        }
        List<Integer> columns = List.copyOf(wanted.keySet());
        List<Taker> takers = new ArrayList<>();
        for (Pipeline.ScanLeaf leaf : leaves) {
            int[] positions =
                    leaf.scan().columns().stream().mapToInt(columns::indexOf).toArray();
            takers.add(new Taker(leaf, positions));
        }
        Scan all = new Scan(sourceId, columns, new Schema(List.copyOf(wanted.values())));
        return new SharedScan(all, takers);
    }

    /** Where rows that do not parse go: once, however many scans there are; null when no sink is named for them. */
    @Nullable
    SinkOperator badRows() {
        return takers.get(0).leaf.badRows();
    }

    /** Hands a batch of the columns read to every scan. */
    void process(ColumnBatch batch) {
        for (int t = 0; t < takers.size(); t++) {
            Taker taker = takers.get(t);
            taker.leaf.into().process(taker.positions.length == batch.columns().length ? batch : own(taker, batch));
        }
    }

    private static ColumnBatch own(Taker taker, ColumnBatch batch) {
        ColumnVector[] columns = new ColumnVector[taker.positions.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(taker.positions[i]);
        }
        return new ColumnBatch(taker.leaf.scan().schema(), columns, batch.size(), batch.selection());
    }
}
