package io.rivulet.operator;

import io.rivulet.state.StateTable;

/** An operator that remembers something from batch to batch, in a table. */
public interface StatefulOperator extends Operator {
    /** Its table; changes since the last commit are in it until {@link StateTable#clearChanges}. */
    StateTable table();

    /** What it did in the batch. */
    OperatorMetrics metrics();
}
