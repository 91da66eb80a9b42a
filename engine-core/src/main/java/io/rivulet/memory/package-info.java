/**
 * Counting of memory: {@link io.rivulet.memory.MemoryPool}.
 */
@NullMarked
package io.rivulet.memory;

import org.jspecify.annotations.NullMarked;
