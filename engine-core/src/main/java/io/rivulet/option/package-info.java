/**
 * Typed options: declared once as {@link io.rivulet.option.Option}, read through {@link io.rivulet.option.Options}.
 */
@NullMarked
package io.rivulet.option;

import org.jspecify.annotations.NullMarked;
