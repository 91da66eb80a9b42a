package io.rivulet.connector.builtin;

import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkContext;
import io.rivulet.connector.SinkProvider;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.option.Option;
import io.rivulet.option.Options;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.Row;
import java.util.List;

/**
 * Sinks that are functions of the user. They run once the plan of the batch is durable and before its commit point: a
 * crash in between gives them the same rows under the same batch id again, so a function that writes somewhere should
 * write the id with the rows. What a function throws fails the query with {@code USER_CODE}.
 */
public final class CallbackSinks {
    private CallbackSinks() {}

    /** Takes all rows of a batch. */
    public interface BatchCallback {
        /**
         * Called once per batch, also for one without rows, by one thread at a time.
         *
         * @param batches the rows, in order; they stay valid
         */
        void accept(List<ColumnBatch> batches, long batchId) throws Exception;
    }

    /** Takes one row. */
    public interface RowCallback {
        /** Called for every row of a batch in order, by one thread at a time. */
        void accept(Row row) throws Exception;
    }

    /** A sink that gives each batch to a function. */
    public static SinkProvider forEachBatch(BatchCallback callback) {
        return new Provider("foreachBatch", callback);
    }

    /** A sink that gives each row to a function. */
    public static SinkProvider forEach(RowCallback callback) {
        return new Provider("foreach", (batches, batchId) -> {
            for (ColumnBatch batch : batches) {
                int count = batch.rowCount();
                for (int i = 0; i < count; i++) {
                    callback.accept(batch.row(i));
                }
            }
        });
    }

    private record Provider(String name, BatchCallback callback) implements SinkProvider {
        @Override
        public List<Option<?>> options() {
            return List.of();
        }

        @Override
        public Sink open(SinkContext context) {
            Options.parse(name + " sink", options(), context.options());
            return new RowsSink(name, Sink.Publication.BEFORE_COMMIT_POINT, context.schema(), (batchId, batches) -> {
                call(batchId, batches);
            });
        }

        private void call(long batchId, List<ColumnBatch> batches) {
            try {
                callback.accept(batches, batchId);
            } catch (RivuletException e) {
                throw e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ErrorCode.INTERRUPTED.error("the " + name + " function was interrupted in batch " + batchId, e);
            } catch (Exception e) {
                throw ErrorCode.USER_CODE.error(
                        "the " + name + " function failed in batch " + batchId + ": " + e
                                + "; correct it and start the query again, it gets the same rows",
                        e);
            }
        }
    }
}
