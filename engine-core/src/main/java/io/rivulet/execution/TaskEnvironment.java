package io.rivulet.execution;

import io.rivulet.connector.Sink;
import io.rivulet.connector.Source;
import io.rivulet.expression.EvaluationContext;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.StateStore;
import io.rivulet.state.TableSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The live objects that tasks of one query run with.
 *
 * @param exchanges by id
 * @param store where tables are kept, or null when nothing is
 * @param storedTables the specs of what an earlier run has kept; empty when there is none
 * @param memory the query's pool
 */
record TaskEnvironment(
        Map<String, Source> sources,
        Map<String, Sink> sinks,
        Map<Integer, Exchange> exchanges,
        EvaluationContext evaluation,
        @Nullable StateStore store,
        List<TableSpec> storedTables,
        MemoryPool memory,
        EngineServices services) {}
