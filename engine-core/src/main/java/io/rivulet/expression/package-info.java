/**
 * Typed, resolved expressions and how they are evaluated over column batches. Read {@link io.rivulet.expression.Expression}
 * first, then {@link io.rivulet.expression.Expressions} (how they are built) and
 * {@link io.rivulet.expression.ExpressionEvaluators} (how they are run).
 */
@NullMarked
package io.rivulet.expression;

import org.jspecify.annotations.NullMarked;
