/**
 * SQL types and schemas. Read {@link io.rivulet.type.DataType} first, then {@link io.rivulet.type.Schema}.
 */
@NullMarked
package io.rivulet.type;

import org.jspecify.annotations.NullMarked;
