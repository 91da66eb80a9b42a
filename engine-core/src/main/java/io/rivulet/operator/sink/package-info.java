/** Hands rows to the writer of a sink. */
@NullMarked
package io.rivulet.operator.sink;

import org.jspecify.annotations.NullMarked;
