package io.rivulet.expression;

/** One case per kind of {@link Expression}; no defaults, so that a new kind fails to compile wherever it needs an answer. */
public interface ExpressionVisitor<R> {
    R visitLiteral(Literal literal);

    R visitInputRef(InputRef input);

    R visitCall(Call call);

    R visitUserCall(UserCall call);

    R visitCast(Cast cast);

    R visitAnd(And and);

    R visitOr(Or or);

    R visitNot(Not not);

    R visitCaseWhen(CaseWhen caseWhen);

    R visitCoalesce(Coalesce coalesce);

    R visitIsNull(IsNull isNull);

    R visitIn(In in);

    R visitMakeStruct(MakeStruct struct);

    R visitFieldAccess(FieldAccess access);

    R visitWindow(Window window);

    R visitCurrentTimestamp(CurrentTimestamp timestamp);
}
