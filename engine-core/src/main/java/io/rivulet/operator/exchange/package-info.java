/** Distributes rows over the partitions of the next stage. */
@NullMarked
package io.rivulet.operator.exchange;

import org.jspecify.annotations.NullMarked;
