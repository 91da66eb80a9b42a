/**
 * Scalar functions: static Java methods that carry {@link io.rivulet.function.ScalarFunction}, found by name and types in
 * a {@link io.rivulet.function.FunctionRegistry}. Built-in functions, one file a subject, and those of users are the
 * same thing. Read {@link io.rivulet.function.ScalarFunction} first.
 */
@NullMarked
package io.rivulet.function;

import org.jspecify.annotations.NullMarked;
