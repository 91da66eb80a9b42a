package io.rivulet.execution;

import io.rivulet.memory.MemoryPool;
import io.rivulet.operator.Operator;
import io.rivulet.vector.ColumnBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds the rows of one batch between two stages: a list of column batches per producer and consumer. A producer writes
 * only its own lists, and a consumer reads after all producers have ended, so nothing is locked.
 */
final class Exchange {
    private final List<List<List<ColumnBatch>>> lists = new ArrayList<>(); // by producer, then consumer
    private final MemoryPool memory;
    private final AtomicLong reserved = new AtomicLong();

    Exchange(int producers, int consumers, MemoryPool memory) {
        this.memory = memory;
        for (int p = 0; p < producers; p++) {
            List<List<ColumnBatch>> own = new ArrayList<>();
            for (int c = 0; c < consumers; c++) {
                own.add(new ArrayList<>());
            }
            lists.add(own);
        }
    }

    void add(int producer, int consumer, ColumnBatch batch) {
        long bytes = batch.retainedBytes();
        memory.reserve(bytes);
        reserved.addAndGet(bytes);
        lists.get(producer).get(consumer).add(batch);
    }

    /** Pushes all rows for a consumer, in the order of the producers, and lets go of them. */
    void drain(int consumer, Operator into) {
        for (List<List<ColumnBatch>> producer : lists) {
            List<ColumnBatch> batches = producer.get(consumer);
            for (int i = 0; i < batches.size(); i++) {
                ColumnBatch batch = batches.get(i);
                into.process(batch);
                long bytes = batch.retainedBytes();
                memory.release(bytes);
                reserved.addAndGet(-bytes);
            }
            batches.clear();
        }
    }

    /** Lets go of what an attempt that failed has left. */
    void clear() {
        lists.forEach(p -> p.forEach(List::clear));
        memory.release(reserved.getAndSet(0));
    }
}
