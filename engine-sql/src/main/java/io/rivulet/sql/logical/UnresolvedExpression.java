package io.rivulet.sql.logical;

import java.util.List;

/**
 * An expression as somebody wrote it: names that nobody has looked up yet. Immutable. The analyser makes a typed
 * {@link io.rivulet.expression.Expression} of it.
 */
public sealed interface UnresolvedExpression
        permits ColumnName, AllColumns, Constant, FunctionCall, CastTo, CaseOf, Alias, FieldOf, Ordering {
    /** The expressions it is made of, in order. */
    List<UnresolvedExpression> children();

    /** The expression as text: what errors show and what an output column without an alias is called. */
    String sql();

    /** Calls the visitor's method for this kind. */
    <R> R accept(UnresolvedVisitor<R> visitor);
}
