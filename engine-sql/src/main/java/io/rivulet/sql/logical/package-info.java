/**
 * What a query asks for, before anyone decides how it runs: {@link io.rivulet.sql.logical.UnresolvedExpression} is what
 * the API and the parser write down, {@link io.rivulet.sql.logical.LogicalPlan} what the analyser makes of it, with
 * every column, function and type resolved.
 */
@NullMarked
package io.rivulet.sql.logical;

import org.jspecify.annotations.NullMarked;
