package io.rivulet;

import io.rivulet.error.ErrorCode;
import io.rivulet.execution.EngineServices;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.option.Option;
import io.rivulet.option.Options;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * The options of an engine, as {@code Engine.builder().option(name, value)} takes them; the builder has a method for
 * each as well.
 *
 * @param parallelism tasks of a stage, and threads
 * @param memoryLimit bytes that all batches, tables and buffers together may hold
 * @param vectorSize the most rows of a column batch
 */
public record EngineOptions(
        int parallelism, long memoryLimit, int vectorSize, EvaluationMode evaluationMode, ZoneId timeZone) {
    private static final double SHARE_OF_HEAP = 0.6;
    private static final long MAX_PARALLELISM = 1024;
    private static final long MAX_VECTOR_SIZE = 1 << 20;

    public static final Option<Long> PARALLELISM = Option.count(
            "parallelism",
            null,
            1,
            MAX_PARALLELISM,
            "How many tasks a stage has, and how many threads run them. Default: the cores.");
    public static final Option<Long> MEMORY_LIMIT = Option.bytes(
            "memoryLimit",
            null,
            "What all batches, state tables and buffers together may hold. Default: 0.6 of the heap.");
    public static final Option<Long> VECTOR_SIZE = Option.count(
            "vectorSize",
            (long) EngineServices.DEFAULT_VECTOR_SIZE,
            1,
            MAX_VECTOR_SIZE,
            "The most rows of a column batch.");
    public static final Option<EvaluationMode> EVALUATION_MODE = Option.choice(
            "evaluationMode",
            EvaluationMode.AUTO,
            "How expressions run: column by column, by generated code, or by code as soon as it is there.");
    public static final Option<String> TIME_ZONE = Option.text(
            "timeZone", "UTC", "The session time zone: for parsing, formatting, casts and calendar functions.");

    /** Every option there is. */
    public static final List<Option<?>> ALL =
            List.of(PARALLELISM, MEMORY_LIMIT, VECTOR_SIZE, EVALUATION_MODE, TIME_ZONE);

    /** Reads options; {@code UNKNOWN_OPTION} or {@code BAD_OPTION} when they are not of {@link #ALL}. */
    public static EngineOptions parse(Map<String, String> texts) {
        Options options = Options.parse("engine", ALL, texts);
        Long parallelism = options.find(PARALLELISM);
        Long memory = options.find(MEMORY_LIMIT);
        Runtime runtime = Runtime.getRuntime();
        return new EngineOptions(
                parallelism == null ? runtime.availableProcessors() : parallelism.intValue(),
                memory == null ? (long) (runtime.maxMemory() * SHARE_OF_HEAP) : memory,
                options.get(VECTOR_SIZE).intValue(),
                options.get(EVALUATION_MODE),
                zone(options.get(TIME_ZONE)));
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw ErrorCode.BAD_OPTION.error(
                    "option 'timeZone' cannot be '" + name + "'; it takes a zone such as UTC, Europe/Berlin or +02:00",
                    e);
        }
    }
}
