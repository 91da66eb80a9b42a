/**
 * Columns and batches of columns. Read {@link io.rivulet.vector.ColumnVector}, then {@link io.rivulet.vector.ColumnBatch}.
 */
@NullMarked
package io.rivulet.vector;

import org.jspecify.annotations.NullMarked;
