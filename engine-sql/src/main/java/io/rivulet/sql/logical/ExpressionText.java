package io.rivulet.sql.logical;

import io.rivulet.expression.And;
import io.rivulet.expression.Call;
import io.rivulet.expression.CaseWhen;
import io.rivulet.expression.Cast;
import io.rivulet.expression.Coalesce;
import io.rivulet.expression.CurrentTimestamp;
import io.rivulet.expression.Expression;
import io.rivulet.expression.ExpressionVisitor;
import io.rivulet.expression.FieldAccess;
import io.rivulet.expression.In;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.IsNull;
import io.rivulet.expression.Literal;
import io.rivulet.expression.MakeStruct;
import io.rivulet.expression.Not;
import io.rivulet.expression.Or;
import io.rivulet.expression.UserCall;
import io.rivulet.expression.Window;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Expressions with the names of the columns they read.
 *
 * @param schema those columns
 */
public record ExpressionText(Schema schema) implements ExpressionVisitor<String> {
    /** The text of an expression. */
    public String of(Expression expression) {
        return expression.accept(this);
    }

    private String list(List<Expression> expressions) {
        return expressions.stream().map(this::of).collect(Collectors.joining(", "));
    }

    @Override
    public String visitLiteral(Literal literal) {
        return literal.toString();
    }

    @Override
    public String visitInputRef(InputRef input) {
        return input.index() < schema.size() ? schema.field(input.index()).name() : input.toString();
    }

    @Override
    public String visitCall(Call call) {
        String name = call.function().name();
        if (!Character.isLetter(name.charAt(0)) && call.arguments().size() == 2) {
            return "(" + of(call.arguments().get(0)) + " " + name + " "
                    + of(call.arguments().get(1)) + ")";
        }
        return name + "(" + list(call.arguments()) + ")";
    }

    @Override
    public String visitUserCall(UserCall call) {
        return call.function().id() + "(" + list(call.arguments()) + ")";
    }

    @Override
    public String visitCast(Cast cast) {
        return (cast.tryCast() ? "TRY_CAST(" : "CAST(") + of(cast.argument()) + " AS "
                + cast.type().sql() + ")";
    }

    @Override
    public String visitAnd(And and) {
        return "(" + of(and.left()) + " AND " + of(and.right()) + ")";
    }

    @Override
    public String visitOr(Or or) {
        return "(" + of(or.left()) + " OR " + of(or.right()) + ")";
    }

    @Override
    public String visitNot(Not not) {
        return not.argument() instanceof IsNull isNull
                ? "(" + of(isNull.argument()) + " IS NOT NULL)"
                : "(NOT " + of(not.argument()) + ")";
    }

    @Override
    public String visitCaseWhen(CaseWhen caseWhen) {
        StringBuilder text = new StringBuilder("CASE");
        for (CaseWhen.Branch branch : caseWhen.branches()) {
            text.append(" WHEN ").append(of(branch.when())).append(" THEN ").append(of(branch.then()));
        }
        return text.append(" ELSE ")
                .append(of(caseWhen.otherwise()))
                .append(" END")
                .toString();
    }

    @Override
    public String visitCoalesce(Coalesce coalesce) {
        return "coalesce(" + list(coalesce.arguments()) + ")";
    }

    @Override
    public String visitIsNull(IsNull isNull) {
        return "(" + of(isNull.argument()) + " IS NULL)";
    }

    @Override
    public String visitIn(In in) {
        return "(" + of(in.value()) + " IN (" + list(in.items()) + "))";
    }

    @Override
    public String visitMakeStruct(MakeStruct struct) {
        return "struct(" + list(struct.values()) + ")";
    }

    @Override
    public String visitFieldAccess(FieldAccess access) {
        StructType type = (StructType) access.struct().type();
        return of(access.struct()) + "." + type.schema().field(access.field()).name();
    }

    @Override
    public String visitWindow(Window window) {
        return "window(" + of(window.time()) + ", "
                + TimeText.window(new WindowSpec(window.size(), window.slide(), window.offset())) + ")";
    }

    @Override
    public String visitCurrentTimestamp(CurrentTimestamp timestamp) {
        return "current_timestamp()";
    }
}
