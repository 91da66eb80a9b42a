/**
 * The bytes of checkpoint files: frames ({@link io.rivulet.state.local.format.FrameBuffer},
 * {@link io.rivulet.state.local.format.FrameReader}), then what is in them: columns
 * ({@link io.rivulet.state.local.format.ColumnCodec}), table changes and log records.
 */
@NullMarked
package io.rivulet.state.local.format;

import org.jspecify.annotations.NullMarked;
