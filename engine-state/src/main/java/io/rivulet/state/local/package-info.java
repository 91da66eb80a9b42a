/**
 * Checkpoints on a local disk. Begin with {@link io.rivulet.state.local.LocalCheckpointProvider}; what lies on disk is
 * in {@link io.rivulet.state.local.format.CheckpointFiles}, {@link io.rivulet.state.local.format.FileFormat} and
 * {@link io.rivulet.state.local.log.LogWriter}; {@link io.rivulet.state.local.CheckpointPrinter} shows it.
 */
@NullMarked
package io.rivulet.state.local;

import org.jspecify.annotations.NullMarked;
