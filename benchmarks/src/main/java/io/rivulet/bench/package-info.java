/**
 * {@code ./rivulet bench}: runs a workload in the engine and in a hand-written loop, in turn, and reports the ratio.
 * Start with {@link io.rivulet.bench.WindowsMeasurement}; the engine stands behind
 * {@link io.rivulet.bench.WorkloadEngine}.
 */
@NullMarked
package io.rivulet.bench;

import org.jspecify.annotations.NullMarked;
