package io.rivulet.operator;

import io.rivulet.state.StateTable;
import java.util.List;

/** An operator that remembers something from batch to batch, in tables. */
public interface StatefulOperator extends Operator {
    /**
     * Its tables, always the same ones in the same order; the first is the one whose rows are reported as its state.
     * Changes since the last commit are in them until {@link StateTable#clearChanges}. What else an operator keeps must
     * be derived from them: a restart fills the tables and nothing else.
     */
    List<StateTable> tables();

    /** What it did in the batch. */
    OperatorMetrics metrics();
}
