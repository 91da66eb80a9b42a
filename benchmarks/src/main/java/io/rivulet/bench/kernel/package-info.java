/**
 * JMH benchmarks of the engine's inner loops, over column batches of workload events; one operation is one row. Run
 * with {@code java -jar benchmarks/target/benchmarks.jar -prof gc}: {@code gc.alloc.rate.norm} must be about 0 bytes a
 * row. {@link io.rivulet.bench.kernel.EvictionBenchmark} and {@link io.rivulet.bench.kernel.IngestBenchmark} say what theirs is.
 */
@NullMarked
package io.rivulet.bench.kernel;

import org.jspecify.annotations.NullMarked;
