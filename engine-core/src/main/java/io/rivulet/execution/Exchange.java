package io.rivulet.execution;

import io.rivulet.error.ErrorCode;
import io.rivulet.memory.MemoryPool;
import io.rivulet.operator.Operator;
import io.rivulet.operator.exchange.ExchangeWriter;
import io.rivulet.operator.exchange.GroupReceiver;
import io.rivulet.state.StateTable;
import io.rivulet.vector.ColumnBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds the rows of one batch between two stages: a list of column batches per producer and consumer, and tables of
 * groups that a producer has for all consumers. A producer writes only its own lists, and a consumer reads after all
 * producers have ended, so nothing is locked.
 */
final class Exchange {
    private final List<List<List<ColumnBatch>>> lists = new ArrayList<>(); // by producer, then consumer
    private final List<List<StateTable>> left = new ArrayList<>(); // by producer
    private final int consumers;
    private final MemoryPool memory;
    private final AtomicLong reserved = new AtomicLong();

    Exchange(int producers, int consumers, MemoryPool memory) {
        this.memory = memory;
        this.consumers = consumers;
        for (int p = 0; p < producers; p++) {
            List<List<ColumnBatch>> own = new ArrayList<>();
            for (int c = 0; c < consumers; c++) {
                own.add(new ArrayList<>());
            }
            lists.add(own);
            left.add(new ArrayList<>());
        }
    }

    /** Where a producer puts its rows. */
    ExchangeWriter.Target from(int producer) {
        return new ExchangeWriter.Target() {
            @Override
            public void add(int consumer, ColumnBatch batch) {
                Exchange.this.add(producer, consumer, batch);
            }

            @Override
            public boolean add(StateTable groups) {
                left.get(producer).add(groups);
                return true;
            }
        };
    }

    private void add(int producer, int consumer, ColumnBatch batch) {
        long bytes = batch.retainedBytes();
        memory.reserve(bytes);
        reserved.addAndGet(bytes);
        lists.get(producer).get(consumer).add(batch);
    }

    /** Pushes all rows for a consumer, in the order of the producers, and lets go of them. */
    void drain(int consumer, Operator into) {
        for (int p = 0; p < lists.size(); p++) {
            List<ColumnBatch> batches = lists.get(p).get(consumer);
            for (int i = 0; i < batches.size(); i++) {
                ColumnBatch batch = batches.get(i);
                into.process(batch);
                long bytes = batch.retainedBytes();
                memory.release(bytes);
                reserved.addAndGet(-bytes);
            }
            batches.clear();
            for (StateTable groups : left.get(p)) {
                takeGroups(groups, consumer, into);
            }
        }
    }

    private void takeGroups(StateTable groups, int consumer, Operator into) {
        if (!(into instanceof GroupReceiver receiver)) {
            throw ErrorCode.INTERNAL.error("groups of a table were handed to an operator that does not take them");
        }
        receiver.takeGroups(groups, consumer, consumers);
    }

    /** All consumers have ended the batch: groups that were left for them are of no more use. */
    void ended() {
        for (List<StateTable> tables : left) {
            tables.forEach(table -> table.dropThrough(Long.MAX_VALUE));
            tables.clear();
        }
    }

    /** Lets go of what an attempt that failed has left. */
    void clear() {
        lists.forEach(p -> p.forEach(List::clear));
        left.forEach(List::clear);
        memory.release(reserved.getAndSet(0));
    }
}
