package io.rivulet.aggregate;

import io.rivulet.aggregate.AggregateFunctions.Kind;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.type.PhysicalType;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.IntVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Validity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Results of states that are put together for nothing else: they go from the runs of two dense buckets into vectors, and
 * into no row between. For aggregates whose states are words. Owned by one task.
 */
final class JoinedResults {
    private final List<ResultColumn> results;
    private long[] scratch = new long[0];
    private long[] counts = new long[0];

    /** @param results of which all are {@link #possible} */
    JoinedResults(List<ResultColumn> results) {
        this.results = results;
    }

    /** Whether a result comes from a word, and from a count of values if it may be null. */
    static boolean possible(ResultColumn result) {
        if (!(result.cell() instanceof WordCell)) {
            return false;
        }
        boolean counted = result.counts() instanceof WordCell;
        PhysicalType physical = result.type().physical();
        return switch (result.kind()) {
            case COUNT, COUNT_IF -> true;
            case AVG -> counted && physical == PhysicalType.DOUBLE;
            case SUM, MIN, MAX ->
                (counted || result.neverEmpty())
                        && (physical == PhysicalType.INT || isKeptAs(result.cell(), result.type()));
            default -> false;
        };
    }

    private static boolean isKeptAs(Cell cell, DataType type) {
        boolean oneWord = type.physical() == PhysicalType.LONG || type.physical() == PhysicalType.DOUBLE;
        return oneWord && cell.columns().get(0).type().equals(type);
    }

    /** As {@link GroupedAggregation#joinedResults} has it. */
    ColumnVector[] of(@Nullable TableBucket held, int heldFirst, TableBucket added, int addedFirst, int count) {
        if (scratch.length < count) {
            scratch = new long[count];
            counts = new long[count];
        }
        ColumnVector[] columns = new ColumnVector[results.size()];
        for (int i = 0; i < columns.length; i++) {
            ResultColumn result = results.get(i);
            boolean isLong = result.type().physical() == PhysicalType.LONG;
            long[] words = isLong ? new long[count] : scratch;
            ((WordCell) result.cell()).joined(held, heldFirst, added, addedFirst, count, words);
            Validity validity = Validity.ALL_PRESENT;
            if (result.counts() instanceof WordCell counter && (!result.neverEmpty() || result.kind() == Kind.AVG)) {
                counter.joined(held, heldFirst, added, addedFirst, count, counts);
                validity = result.neverEmpty() ? validity : ResultColumn.positive(counts, count);
            }
            columns[i] =
                    isLong ? new LongVector(result.type(), words, count, validity) : narrow(result, count, validity);
        }
        return columns;
    }

    private ColumnVector narrow(ResultColumn result, int count, Validity validity) {
        long[] words = scratch;
        if (result.type().physical() == PhysicalType.INT) {
            int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                values[i] = (int) words[i];
            }
            return new IntVector(result.type(), values, count, validity);
        }
        double[] values = new double[count];
        if (result.kind() == Kind.AVG) {
            long[] counted = counts;
            for (int i = 0; i < count; i++) {
                values[i] = Double.longBitsToDouble(words[i]) / counted[i];
            }
        } else {
            for (int i = 0; i < count; i++) {
                values[i] = Double.longBitsToDouble(words[i]);
            }
        }
        return new DoubleVector(result.type(), values, count, validity);
    }
}
