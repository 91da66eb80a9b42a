/** The expression compiler: generated source, compiled by Janino, which is imported nowhere else. */
@NullMarked
package io.rivulet.expression.codegen;

import org.jspecify.annotations.NullMarked;
