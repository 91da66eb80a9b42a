package io.rivulet.operator.exchange;

import io.rivulet.operator.BatchEnd;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.Operator;
import io.rivulet.state.KeyBatch;
import io.rivulet.state.KeyHash;
import io.rivulet.state.StateTable;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;

/** The last operator before an exchange: distributes rows over partitions by the hash of their keys. */
public final class ExchangeWriter implements Operator {
    /** Takes the rows for one partition. */
    public interface Target {
        /**
         * Takes rows.
         *
         * @param batch with arrays of its own, valid for ever
         */
        void add(int partition, ColumnBatch batch);

        /**
         * Takes all groups of a table as they lie there, for the {@link GroupReceiver}s behind the exchange. The table
         * must not be touched until the next batch begins; it is emptied when all of them have ended the batch.
         *
         * @return false when it does not, because receivers are not in this process; the groups must go as batches then
         */
        default boolean add(StateTable groups) {
            return false;
        }
    }

    private final int[] keyColumns;
    private final int partitions;
    private final Target target;
    private final KeyBatch keys;
    private final ColumnVector[] keyVectors;
    private int[][] rowsOf;

    /** @param keyColumns what to distribute by; none with one partition */
    public ExchangeWriter(int[] keyColumns, int partitions, Target target) {
        this.keyColumns = keyColumns;
        this.partitions = partitions;
        this.target = target;
        this.keys = new KeyBatch(keyColumns.length);
        this.keyVectors = new ColumnVector[keyColumns.length];
        this.rowsOf = new int[partitions][0];
    }

    @Override
    public void begin(BatchStart start) {}

    @Override
    public void process(ColumnBatch batch) {
        if (partitions == 1) {
            target.add(0, batch.detach());
            return;
        }
        ColumnBatch compact = batch.compact();
        int size = compact.size();
        for (int k = 0; k < keyColumns.length; k++) {
            keyVectors[k] = compact.column(keyColumns[k]);
        }
        keys.load(keyVectors, size);
        if (rowsOf[0].length < size) {
            rowsOf = new int[partitions][size];
        }
        long[] hashes = keys.hashes();
        int[] counts = new int[partitions];
        for (int i = 0; i < size; i++) {
            int partition = KeyHash.partition(hashes[i], partitions);
            rowsOf[partition][counts[partition]++] = i;
        }
        for (int p = 0; p < partitions; p++) {
            if (counts[p] > 0) {
                target.add(p, compact.take(rowsOf[p], counts[p]));
            }
        }
    }

    /** Hands a table of groups over as it is, if that is possible: {@link Target#add(StateTable)}. */
    public boolean handOver(StateTable groups) {
        return target.add(groups);
    }

    @Override
    public void finish(BatchEnd end) {}

    @Override
    public void close() {}
}
