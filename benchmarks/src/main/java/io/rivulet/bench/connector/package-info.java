/**
 * The workloads' ends in the engine: a source that makes events and a sink that checks rows off
 * ({@link io.rivulet.bench.connector.EventConnector}).
 */
@NullMarked
package io.rivulet.bench.connector;

import org.jspecify.annotations.NullMarked;
