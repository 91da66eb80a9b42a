package io.rivulet.operator.exchange;

import io.rivulet.operator.Operator;
import io.rivulet.state.StateTable;

/** An operator behind an exchange that can take groups out of the table in which another task of this process made them. */
public interface GroupReceiver extends Operator {
    /**
     * Takes the groups of its own partition, now or until the batch is finished; the table stays as it is as long. Other
     * partitions take theirs at the same time, so it is only read.
     *
     * @param groups numbers its keys
     * @param partitions how many partitions the keys are distributed over, by their hash
     */
    void takeGroups(StateTable groups, int partition, int partitions);
}
