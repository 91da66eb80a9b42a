/**
 * The workloads: the events ({@link io.rivulet.bench.workload.EventFill}), the hand-written loops that answer them
 * ({@link io.rivulet.bench.workload.WindowLoop}, {@link io.rivulet.bench.workload.FilterLoop}) and the checksum by
 * which answers are compared ({@link io.rivulet.bench.workload.RowChecksum}). Read EventFill first.
 */
@NullMarked
package io.rivulet.bench.workload;

import org.jspecify.annotations.NullMarked;
