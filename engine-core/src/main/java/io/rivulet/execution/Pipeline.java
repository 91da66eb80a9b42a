package io.rivulet.execution;

import io.rivulet.operator.Operator;
import io.rivulet.operator.OperatorMetrics;
import io.rivulet.operator.StatefulOperator;
import io.rivulet.operator.project.ObserveEventTimeOperator;
import io.rivulet.operator.sink.SinkOperator;
import io.rivulet.plan.Scan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operators of one task, and those among them that the task must know by name. */
final class Pipeline {
    /** Where the rows of a source enter, and where those go that do not parse, if the query says so. */
    record ScanLeaf(Scan scan, Operator into, @Nullable SinkOperator badRows) {}

    /** Where the rows of an exchange enter. */
    record ExchangeLeaf(int exchangeId, Operator into) {}

    final List<ScanLeaf> scans = new ArrayList<>();
    final List<ExchangeLeaf> exchanges = new ArrayList<>();
    final List<StatefulOperator> stateful = new ArrayList<>();
    final List<ObserveEventTimeOperator> eventTimes = new ArrayList<>();
    final List<OperatorMetrics> metrics = new ArrayList<>();
    /** Everything that writes to a sink. */
    final List<SinkOperator> sinks = new ArrayList<>();
    /** Those of them that stand beside the chain of operators, by sink: the task begins and finishes them. */
    final Map<String, SinkOperator> sideSinks = new LinkedHashMap<>();

    /** The operators that rows enter by, one per leaf. */
    List<Operator> heads() {
        List<Operator> heads = new ArrayList<>();
        scans.forEach(s -> heads.add(s.into()));
        exchanges.forEach(e -> heads.add(e.into()));
        return heads;
    }
}
