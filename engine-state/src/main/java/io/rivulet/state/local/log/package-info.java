/**
 * The checkpoint log: {@link io.rivulet.state.local.log.LogWriter} appends frames,
 * {@link io.rivulet.state.local.log.LogScan} finds out where the query stands.
 */
@NullMarked
package io.rivulet.state.local.log;

import org.jspecify.annotations.NullMarked;
