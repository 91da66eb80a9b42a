/**
 * The API. Read {@link io.rivulet.Engine} first, then {@link io.rivulet.DataFrame}, {@link io.rivulet.Functions} and
 * {@link io.rivulet.DataStreamWriter}.
 *
 * <pre>{@code
 * try (Engine engine = Engine.create()) {
 *     DataFrame events = engine.readStream().schema("ts TIMESTAMP, user STRING").json("/data/events");
 *     StreamingQuery query = events.withWatermark("ts", "10 seconds")
 *             .groupBy(window(col("ts"), "1 minute"), col("user"))
 *             .count()
 *             .writeStream().format("csv").checkpoint("/data/state").start("/data/out");
 *     query.awaitTermination();
 * }
 * }</pre>
 */
@NullMarked
package io.rivulet;

import org.jspecify.annotations.NullMarked;
