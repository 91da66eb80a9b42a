package io.rivulet.sql.logical;

/** A question about expressions as written: one answer per kind, none left out. */
public interface UnresolvedVisitor<R> {
    R visitColumnName(ColumnName name);

    R visitAllColumns(AllColumns all);

    R visitConstant(Constant constant);

    R visitFunctionCall(FunctionCall call);

    R visitCastTo(CastTo cast);

    R visitCaseOf(CaseOf caseOf);

    R visitAlias(Alias alias);

    R visitFieldOf(FieldOf field);

    R visitOrdering(Ordering ordering);
}
