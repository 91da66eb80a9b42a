package io.rivulet.execution;

import io.rivulet.operator.Operator;
import io.rivulet.operator.OperatorMetrics;
import io.rivulet.operator.StatefulOperator;
import io.rivulet.operator.project.ObserveEventTimeOperator;
import io.rivulet.operator.sink.SinkOperator;
import io.rivulet.plan.Scan;
import java.util.ArrayList;
import java.util.List;

/** The operators of one task, and those among them that the task must know by name. */
final class Pipeline {
    /** Where the rows of a source enter. */
    record ScanLeaf(Scan scan, Operator into) {}

    /** Where the rows of an exchange enter. */
    record ExchangeLeaf(int exchangeId, Operator into) {}

    final List<ScanLeaf> scans = new ArrayList<>();
    final List<ExchangeLeaf> exchanges = new ArrayList<>();
    final List<StatefulOperator> stateful = new ArrayList<>();
    final List<ObserveEventTimeOperator> eventTimes = new ArrayList<>();
    final List<OperatorMetrics> metrics = new ArrayList<>();
    final List<SinkOperator> sinks = new ArrayList<>();

    /** The operators that rows enter by, one per leaf. */
    List<Operator> heads() {
        List<Operator> heads = new ArrayList<>();
        scans.forEach(s -> heads.add(s.into()));
        exchanges.forEach(e -> heads.add(e.into()));
        return heads;
    }
}
