/**
 * Errors: one exception, {@link io.rivulet.error.RivuletException}, and the catalogue of its codes, {@link io.rivulet.error.ErrorCode}.
 */
@NullMarked
package io.rivulet.error;

import org.jspecify.annotations.NullMarked;
