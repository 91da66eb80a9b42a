package io.rivulet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.aggregate.AggregateCall;
import io.rivulet.connector.OutputMode;
import io.rivulet.execution.EngineServices;
import io.rivulet.execution.LocalTaskExecutor;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.expression.FieldAccess;
import io.rivulet.expression.InputRef;
import io.rivulet.file.LocalFileAccess;
import io.rivulet.function.Bindings;
import io.rivulet.memory.MemoryPool;
import io.rivulet.plan.Aggregate;
import io.rivulet.plan.AggregateSpec;
import io.rivulet.plan.ObserveEventTime;
import io.rivulet.plan.PhysicalPlan;
import io.rivulet.plan.Project;
import io.rivulet.plan.ReadExchange;
import io.rivulet.plan.Scan;
import io.rivulet.plan.Stage;
import io.rivulet.plan.StageGraph;
import io.rivulet.time.Clock;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Cases 1 to 3 of the semantics, on the runner alone: watermark 10 s, tumbling windows of 5 s, count. */
final class WindowedCountTest {
    private static final Schema INPUT = Schema.of(Field.of("t", DataType.TIMESTAMP));
    private static final Schema WINDOW =
            Schema.of(Field.required("start", DataType.TIMESTAMP), Field.required("end", DataType.TIMESTAMP));
    private static final Schema GROUPS =
            Schema.of(Field.required("window", new StructType(WINDOW)), Field.required("count", DataType.BIGINT));
    private static final Schema RESULT =
            Schema.of(Field.of("start", DataType.TIMESTAMP), Field.of("count", DataType.BIGINT));

    static Stream<Arguments> setups() {
        return Stream.of(1, 3).flatMap(partitions -> Stream.of(1, 3, 1024).map(size -> Arguments.of(partitions, size)));
    }

    private final ListSource source = new ListSource(INPUT);
    private final ListSink sink = new ListSink();

    private MicroBatchRunner query(OutputMode mode, int partitions, int vectorSize) {
        PhysicalPlan input = new ObserveEventTime(
                new Scan("s", List.of(0), INPUT), "s", 0, Duration.ofSeconds(10).toNanos() / 1000);
        AggregateSpec spec = new AggregateSpec(
                "aggregate-0",
                INPUT,
                0,
                WindowSpec.tumbling(Duration.ofSeconds(5)),
                -1,
                List.of(new AggregateCall("count", List.of(), -1, DataType.BIGINT)),
                mode,
                true,
                GROUPS);
        List<Stage> stages = partitions == 1
                ? List.of(last(0, new Aggregate(input, spec, Aggregate.Phase.SINGLE)))
                : List.of(
                        new Stage(
                                0,
                                new Aggregate(input, spec, Aggregate.Phase.PARTIAL),
                                new Stage.ToExchange(0, List.of()),
                                false,
                                Stage.Placement.ANY),
                        last(1, new Aggregate(new ReadExchange(0, INPUT), spec, Aggregate.Phase.FINAL)));
        QueryDefinition definition = new QueryDefinition(
                "windows",
                new StageGraph(stages, partitions),
                Map.of("s", directory -> source),
                Map.of("main", id -> sink),
                Trigger.asap(),
                QueryOptions.parse(Map.of()),
                null,
                Map.of(),
                Bindings.EMPTY);
        return new MicroBatchRunner(
                definition,
                new EngineServices(
                        new LocalTaskExecutor(2),
                        Clock.system(),
                        MemoryPool.root("engine", 1 << 26),
                        LocalFileAccess.INSTANCE,
                        ZoneOffset.UTC,
                        EvaluationMode.INTERPRETED,
                        vectorSize));
    }

    private static Stage last(int id, PhysicalPlan aggregate) {
        InputRef window = new InputRef(0, GROUPS.type(0), false);
        PhysicalPlan project = new Project(
                aggregate, List.of(new FieldAccess(window, 0), new InputRef(1, DataType.BIGINT, false)), RESULT);
        return new Stage(id, project, new Stage.ToSink("main"), true, Stage.Placement.ANY);
    }

    private void feed(MicroBatchRunner query, int... seconds) {
        source.add(Arrays.stream(seconds)
                .mapToObj(t -> List.of(Instant.ofEpochSecond(t)))
                .toArray(List[]::new));
        query.processAllAvailable();
    }

    private static String row(int start, int count) {
        return "[" + Instant.ofEpochSecond(start) + ", " + count + "]";
    }

    private static QueryProgress.StateOperatorProgress state(MicroBatchRunner query) {
        return Objects.requireNonNull(query.lastProgress()).stateOperators().get(0);
    }

    @ParameterizedTest
    @MethodSource("setups")
    void appendGivesAWindowOnceItIsClosed(int partitions, int vectorSize) {
        MicroBatchRunner query = query(OutputMode.APPEND, partitions, vectorSize);
        query.start();
        feed(query, 10, 11, 12, 13, 14, 15);
        assertThat(sink.take()).isEmpty();
        feed(query, 25);
        assertThat(sink.take()).containsExactly(row(10, 5));
        assertThat(state(query).numRowsTotal()).isEqualTo(2);
        assertThat(state(query).numRowsDroppedByWatermark()).isZero();
        feed(query, 10);
        assertThat(sink.take()).isEmpty();
        assertThat(state(query).numRowsTotal()).isEqualTo(2);
        assertThat(state(query).numRowsDroppedByWatermark()).isEqualTo(1);
        query.stop();
        assertThat(query.exception()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("setups")
    void updateGivesWhatHasChanged(int partitions, int vectorSize) {
        MicroBatchRunner query = query(OutputMode.UPDATE, partitions, vectorSize);
        query.start();
        feed(query, 10, 11, 12, 13, 14, 15);
        assertThat(sink.take()).containsExactly(row(10, 5), row(15, 1));
        feed(query, 25);
        assertThat(sink.take()).containsExactly(row(25, 1));
        assertThat(state(query).numRowsTotal()).isEqualTo(2);
        feed(query, 10, 25);
        assertThat(sink.take()).containsExactly(row(25, 2));
        assertThat(state(query).numRowsDroppedByWatermark()).isEqualTo(1);
        query.stop();
    }

    @ParameterizedTest
    @MethodSource("setups")
    void completeGivesEverythingAndNeverEvicts(int partitions, int vectorSize) {
        MicroBatchRunner query = query(OutputMode.COMPLETE, partitions, vectorSize);
        query.start();
        feed(query, 10, 11, 12);
        assertThat(sink.take()).containsExactly(row(10, 3));
        feed(query, 25);
        assertThat(sink.take()).containsExactly(row(10, 3), row(25, 1));
        feed(query, 25);
        assertThat(sink.take()).containsExactly(row(10, 3), row(25, 2));
        feed(query, 10);
        assertThat(sink.take()).containsExactly(row(10, 4), row(25, 2));
        query.stop();
    }
}
