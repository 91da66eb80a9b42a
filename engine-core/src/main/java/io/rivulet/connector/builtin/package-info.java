/**
 * Sources and sinks that need no other library: {@link io.rivulet.connector.builtin.RateConnector},
 * {@link io.rivulet.connector.builtin.RateMicroBatchConnector}, {@link io.rivulet.connector.builtin.SocketConnector},
 * {@link io.rivulet.connector.builtin.ConsoleConnector},
 * {@link io.rivulet.connector.builtin.NoopConnector}, {@link io.rivulet.connector.builtin.MemoryTable} and
 * {@link io.rivulet.connector.builtin.CallbackSinks}; and {@link io.rivulet.connector.builtin.IngestBuffer}, the source of
 * what the host pushes.
 */
@NullMarked
package io.rivulet.connector.builtin;

import org.jspecify.annotations.NullMarked;
