/** Grouped aggregation, windowed or not: before the exchange and behind it. */
@NullMarked
package io.rivulet.operator.aggregate;

import org.jspecify.annotations.NullMarked;
