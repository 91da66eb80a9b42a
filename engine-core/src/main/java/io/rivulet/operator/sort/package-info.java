/** Sort and limit within a batch. */
@NullMarked
package io.rivulet.operator.sort;

import org.jspecify.annotations.NullMarked;
