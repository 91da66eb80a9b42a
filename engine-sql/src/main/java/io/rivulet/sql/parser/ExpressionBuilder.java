package io.rivulet.sql.parser;

import io.rivulet.expression.Literal;
import io.rivulet.sql.logical.Alias;
import io.rivulet.sql.logical.AllColumns;
import io.rivulet.sql.logical.CaseOf;
import io.rivulet.sql.logical.CastTo;
import io.rivulet.sql.logical.ColumnName;
import io.rivulet.sql.logical.Constant;
import io.rivulet.sql.logical.FieldOf;
import io.rivulet.sql.logical.FunctionCall;
import io.rivulet.sql.logical.UnresolvedExpression;
import io.rivulet.sql.parser.internal.RivuletSqlBaseVisitor;
import io.rivulet.sql.parser.internal.RivuletSqlParser;
import io.rivulet.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Parse trees of expressions to unresolved expressions. */
final class ExpressionBuilder extends RivuletSqlBaseVisitor<UnresolvedExpression> {
    /** The aggregates whose result is one of their values, which a null can be. */
    private static final Set<String> CHOOSING = Set.of("first", "first_value", "last", "last_value", "any_value");

    private final TypeBuilder types = new TypeBuilder();

    /** An identifier without its backticks. */
    static String name(RivuletSqlParser.IdentifierContext identifier) {
        String text = identifier.getText();
        return identifier.QUOTED() == null
                ? text
                : text.substring(1, text.length() - 1).replace("``", "`");
    }

    private static UnresolvedExpression not(@Nullable TerminalNode negation, UnresolvedExpression expression) {
        return negation == null ? expression : FunctionCall.of("not", expression);
    }

    private List<UnresolvedExpression> all(List<? extends ParserRuleContext> contexts) {
        return contexts.stream().map(this::visit).toList();
    }

    @Override
    public UnresolvedExpression visitAllColumns(RivuletSqlParser.AllColumnsContext all) {
        return new AllColumns();
    }

    @Override
    public UnresolvedExpression visitNamedExpression(RivuletSqlParser.NamedExpressionContext item) {
        UnresolvedExpression expression = visit(item.expression());
        return item.alias == null ? expression : new Alias(expression, name(item.alias));
    }

    // ---- conditions

    @Override
    public UnresolvedExpression visitLogicalNot(RivuletSqlParser.LogicalNotContext not) {
        return FunctionCall.of("not", visit(not.expression()));
    }

    @Override
    public UnresolvedExpression visitLogicalAnd(RivuletSqlParser.LogicalAndContext and) {
        return FunctionCall.of("and", visit(and.left), visit(and.right));
    }

    @Override
    public UnresolvedExpression visitLogicalOr(RivuletSqlParser.LogicalOrContext or) {
        return FunctionCall.of("or", visit(or.left), visit(or.right));
    }

    @Override
    public UnresolvedExpression visitComparison(RivuletSqlParser.ComparisonContext comparison) {
        String operator = switch (comparison.operator.getType()) {
            case RivuletSqlParser.EQEQ -> "=";
            case RivuletSqlParser.NEQ -> "!=";
            default -> comparison.operator.getText();
        };
        return FunctionCall.of(operator, visit(comparison.left), visit(comparison.right));
    }

    @Override
    public UnresolvedExpression visitIsNull(RivuletSqlParser.IsNullContext isNull) {
        return FunctionCall.of(isNull.NOT() == null ? "isnull" : "isnotnull", visit(isNull.predicate()));
    }

    @Override
    public UnresolvedExpression visitIsTruth(RivuletSqlParser.IsTruthContext is) {
        if (is.truth.getType() == RivuletSqlParser.UNKNOWN) {
            return FunctionCall.of(is.NOT() == null ? "isnull" : "isnotnull", visit(is.predicate()));
        }
        Literal truth = is.truth.getType() == RivuletSqlParser.TRUE ? Literal.TRUE : Literal.FALSE;
        return not(is.NOT(), FunctionCall.of("<=>", visit(is.predicate()), new Constant(truth)));
    }

    @Override
    public UnresolvedExpression visitIsDistinct(RivuletSqlParser.IsDistinctContext is) {
        UnresolvedExpression same = FunctionCall.of("<=>", visit(is.left), visit(is.right));
        return is.NOT() == null ? FunctionCall.of("not", same) : same;
    }

    @Override
    public UnresolvedExpression visitBetween(RivuletSqlParser.BetweenContext between) {
        return not(
                between.NOT(),
                FunctionCall.of("between", visit(between.predicate()), visit(between.low), visit(between.high)));
    }

    @Override
    public UnresolvedExpression visitInList(RivuletSqlParser.InListContext in) {
        List<UnresolvedExpression> arguments = new ArrayList<>();
        arguments.add(visit(in.predicate()));
        arguments.addAll(all(in.expression()));
        return not(in.NOT(), new FunctionCall("in", arguments, false, null));
    }

    @Override
    public UnresolvedExpression visitLike(RivuletSqlParser.LikeContext like) {
        List<UnresolvedExpression> arguments = new ArrayList<>();
        arguments.add(visit(like.predicate()));
        arguments.add(visit(like.pattern));
        if (like.escape != null) {
            arguments.add(visit(like.escape));
        }
        return not(like.NOT(), new FunctionCall(operator(like.operator), arguments, false, null));
    }

    private static String operator(Token token) {
        return token.getText().toLowerCase(Locale.ROOT);
    }

    /** NOT belongs to each comparison, not to all of them. */
    @Override
    public UnresolvedExpression visitLikeMany(RivuletSqlParser.LikeManyContext like) {
        UnresolvedExpression text = visit(like.predicate());
        List<UnresolvedExpression> matches = new ArrayList<>();
        for (RivuletSqlParser.ExpressionContext pattern : like.expression()) {
            matches.add(not(like.NOT(), FunctionCall.of(operator(like.operator), text, visit(pattern))));
        }
        return joined(like.quantifier.getType() == RivuletSqlParser.ALL ? "and" : "or", matches);
    }

    /** A balanced tree, so that a long list makes no deep one. */
    private static UnresolvedExpression joined(String operator, List<UnresolvedExpression> parts) {
        int middle = parts.size() / 2;
        return parts.size() == 1
                ? parts.get(0)
                : FunctionCall.of(
                        operator,
                        joined(operator, parts.subList(0, middle)),
                        joined(operator, parts.subList(middle, parts.size())));
    }

    @Override
    public UnresolvedExpression visitRlike(RivuletSqlParser.RlikeContext like) {
        return not(like.NOT(), FunctionCall.of("rlike", visit(like.predicate()), visit(like.pattern)));
    }

    // ---- arithmetic

    @Override
    public UnresolvedExpression visitSigned(RivuletSqlParser.SignedContext signed) {
        switch (signed.operator.getType()) {
            case RivuletSqlParser.PLUS -> {
                return visit(signed.value());
            }
            case RivuletSqlParser.TILDE -> {
                return FunctionCall.of("~", visit(signed.value()));
            }
            default -> {
                // the least integers have no positive twin, so the sign belongs to the number
                if (signed.value() instanceof RivuletSqlParser.PlainPrimaryContext plain
                        && plain.primary() instanceof RivuletSqlParser.ConstantContext constant
                        && constant.literal() instanceof RivuletSqlParser.IntegerLiteralContext number) {
                    return NumberLiterals.integer(number, "-" + number.getText());
                }
                return FunctionCall.of("negative", visit(signed.value()));
            }
        }
    }

    @Override
    public UnresolvedExpression visitProduct(RivuletSqlParser.ProductContext product) {
        return FunctionCall.of(operator(product.operator), visit(product.left), visit(product.right));
    }

    @Override
    public UnresolvedExpression visitSum(RivuletSqlParser.SumContext sum) {
        return FunctionCall.of(sum.operator.getText(), visit(sum.left), visit(sum.right));
    }

    @Override
    public UnresolvedExpression visitShifted(RivuletSqlParser.ShiftedContext shifted) {
        RivuletSqlParser.ShiftContext shift = shifted.shift();
        String operator = shift.getText();
        if (shift.getStop().getStopIndex() - shift.getStart().getStartIndex() + 1 != operator.length()) {
            throw SyntaxErrors.at(shift, "the signs of '" + operator + "' stand together");
        }
        return FunctionCall.of(operator, visit(shifted.left), visit(shifted.right));
    }

    @Override
    public UnresolvedExpression visitBits(RivuletSqlParser.BitsContext bits) {
        return FunctionCall.of(bits.operator.getText(), visit(bits.left), visit(bits.right));
    }

    // ---- primaries

    @Override
    public UnresolvedExpression visitCaseWhen(RivuletSqlParser.CaseWhenContext caseWhen) {
        UnresolvedExpression operand = caseWhen.operand == null ? null : visit(caseWhen.operand);
        List<CaseOf.Branch> branches = new ArrayList<>();
        for (RivuletSqlParser.WhenClauseContext when : caseWhen.whenClause()) {
            UnresolvedExpression condition = visit(when.condition);
            branches.add(new CaseOf.Branch(
                    operand == null ? condition : FunctionCall.of("=", operand, condition), visit(when.result)));
        }
        return new CaseOf(branches, caseWhen.otherwise == null ? null : visit(caseWhen.otherwise));
    }

    @Override
    public UnresolvedExpression visitCast(RivuletSqlParser.CastContext cast) {
        boolean tryCast = cast.name.getType() == RivuletSqlParser.TRY_CAST;
        return new CastTo(visit(cast.expression()), types.visit(cast.dataType()), tryCast);
    }

    @Override
    public UnresolvedExpression visitCastOperator(RivuletSqlParser.CastOperatorContext cast) {
        return new CastTo(visit(cast.primary()), types.visit(cast.dataType()), false);
    }

    @Override
    public UnresolvedExpression visitFieldAccess(RivuletSqlParser.FieldAccessContext access) {
        UnresolvedExpression struct = visit(access.primary());
        String field = name(access.identifier());
        if (struct instanceof ColumnName column) {
            List<String> parts = new ArrayList<>(column.parts());
            parts.add(field);
            return new ColumnName(parts);
        }
        return new FieldOf(struct, field);
    }

    @Override
    public UnresolvedExpression visitFunctionCall(RivuletSqlParser.FunctionCallContext call) {
        RivuletSqlParser.IdentifierContext identifier = call.functionName().identifier();
        String name = identifier == null ? call.functionName().getText() : name(identifier);
        List<UnresolvedExpression> arguments = new ArrayList<>();
        if (call.STAR() != null) {
            arguments.add(new AllColumns());
        }
        for (RivuletSqlParser.ArgumentContext argument : call.argument()) {
            UnresolvedExpression value = visit(argument.expression());
            if (argument.identifier() != null) {
                if (!name.equalsIgnoreCase("struct")) {
                    throw SyntaxErrors.at(
                            argument.identifier(), "the arguments of struct(…) have names, not those of " + name);
                }
                value = new Alias(value, name(argument.identifier()));
            }
            arguments.add(value);
        }
        UnresolvedExpression filter = call.FILTER() == null ? null : visit(call.expression());
        if (name.equalsIgnoreCase("position") && filter == null) {
            // position(a IN (b)) reads as a comparison with a list
            if (arguments.size() == 1
                    && arguments.get(0) instanceof FunctionCall in
                    && in.name().equals("in")
                    && in.arguments().size() == 2) {
                arguments = in.arguments();
            }
        }
        for (RivuletSqlParser.NullTreatmentContext nulls : call.nullTreatment()) {
            filter = withoutNulls(nulls, name, arguments, filter);
        }
        return new FunctionCall(name, arguments, call.DISTINCT() != null, filter);
    }

    /** {@code first(a IGNORE NULLS)} is the first of the rows where there is an {@code a}. */
    private static @Nullable UnresolvedExpression withoutNulls(
            RivuletSqlParser.NullTreatmentContext nulls,
            String name,
            List<UnresolvedExpression> arguments,
            @Nullable UnresolvedExpression filter) {
        boolean chooses = CHOOSING.contains(name.toLowerCase(Locale.ROOT)) && arguments.size() == 1;
        if (!chooses) {
            throw SyntaxErrors.at(
                    nulls, nulls.getStart().getText() + " NULLS belongs to first, last and any_value, not to " + name);
        }
        if (nulls.IGNORE() == null) {
            return filter;
        }
        UnresolvedExpression present = FunctionCall.of("isnotnull", arguments.get(0));
        return filter == null ? present : FunctionCall.of("and", filter, present);
    }

    @Override
    public UnresolvedExpression visitOverlay(RivuletSqlParser.OverlayContext overlay) {
        requireName(overlay.identifier(), "overlay");
        List<UnresolvedExpression> arguments =
                new ArrayList<>(List.of(visit(overlay.text), visit(overlay.replacement), visit(overlay.from)));
        if (overlay.length != null) {
            arguments.add(visit(overlay.length));
        }
        return new FunctionCall("overlay", arguments, false, null);
    }

    @Override
    public UnresolvedExpression visitPosition(RivuletSqlParser.PositionContext position) {
        requireName(position.identifier(), "position");
        return FunctionCall.of("position", visit(position.part), visit(position.text));
    }

    /** {@code EXTRACT(field FROM time)}, {@code SUBSTRING(text FROM position [FOR length])}, {@code TRIM(characters FROM text)}. */
    @Override
    public UnresolvedExpression visitFromCall(RivuletSqlParser.FromCallContext call) {
        String name = name(call.identifier()).toLowerCase(Locale.ROOT);
        UnresolvedExpression first = visit(call.first);
        UnresolvedExpression second = visit(call.second);
        if (call.third != null) {
            requireName(call.identifier(), "substring", "substr");
            return FunctionCall.of("substring", first, second, visit(call.third));
        }
        requireName(call.identifier(), "extract", "substring", "substr", "trim");
        return switch (name) {
            case "extract" ->
                FunctionCall.of(
                        "extract",
                        first instanceof ColumnName field
                                ? new Constant(new Literal(String.join(".", field.parts()), DataType.STRING))
                                : first,
                        second);
            case "trim" -> FunctionCall.of("trim", second, first);
            default -> FunctionCall.of("substring", first, second);
        };
    }

    @Override
    public UnresolvedExpression visitTrimSide(RivuletSqlParser.TrimSideContext call) {
        requireName(call.identifier(), "trim");
        String function = switch (call.side.getType()) {
            case RivuletSqlParser.LEADING -> "ltrim";
            case RivuletSqlParser.TRAILING -> "rtrim";
            default -> "trim";
        };
        UnresolvedExpression text = visit(call.text);
        return call.characters == null
                ? FunctionCall.of(function, text)
                : FunctionCall.of(function, text, visit(call.characters));
    }

    private static void requireName(RivuletSqlParser.IdentifierContext identifier, String... names) {
        String name = name(identifier);
        if (List.of(names).stream().noneMatch(name::equalsIgnoreCase)) {
            throw SyntaxErrors.at(
                    identifier,
                    "the words between these arguments belong to " + String.join(", ", names) + "; call " + name
                            + "(…) with commas");
        }
    }

    @Override
    public UnresolvedExpression visitColumn(RivuletSqlParser.ColumnContext column) {
        String name = name(column.identifier());
        boolean parameterless = column.identifier().WORD() != null
                && (name.equalsIgnoreCase("current_timestamp") || name.equalsIgnoreCase("current_date"));
        return parameterless ? FunctionCall.of(name) : new ColumnName(List.of(name));
    }

    @Override
    public UnresolvedExpression visitParenthesis(RivuletSqlParser.ParenthesisContext parenthesis) {
        return visit(parenthesis.expression());
    }

    // ---- literals

    @Override
    public UnresolvedExpression visitNullLiteral(RivuletSqlParser.NullLiteralContext literal) {
        return new Constant(Literal.ofNull(DataType.NULL));
    }

    @Override
    public UnresolvedExpression visitBooleanLiteral(RivuletSqlParser.BooleanLiteralContext literal) {
        return new Constant(literal.truth.getType() == RivuletSqlParser.TRUE ? Literal.TRUE : Literal.FALSE);
    }

    @Override
    public UnresolvedExpression visitIntegerLiteral(RivuletSqlParser.IntegerLiteralContext literal) {
        return NumberLiterals.integer(literal, literal.getText());
    }

    @Override
    public UnresolvedExpression visitDecimalLiteral(RivuletSqlParser.DecimalLiteralContext literal) {
        return NumberLiterals.decimal(literal);
    }

    @Override
    public UnresolvedExpression visitDoubleLiteral(RivuletSqlParser.DoubleLiteralContext literal) {
        return NumberLiterals.floating(literal);
    }

    @Override
    public UnresolvedExpression visitStringLiteral(RivuletSqlParser.StringLiteralContext literal) {
        StringBuilder text = new StringBuilder();
        for (ParseTree part : literal.children) {
            text.append(Texts.unquote(part.getText()));
        }
        return new Constant(new Literal(text.toString(), DataType.STRING));
    }

    @Override
    public UnresolvedExpression visitTimeLiteral(RivuletSqlParser.TimeLiteralContext literal) {
        DataType type = switch (literal.type.getType()) {
            case RivuletSqlParser.DATE -> DataType.DATE;
            case RivuletSqlParser.TIMESTAMP_NTZ -> DataType.TIMESTAMP_NTZ;
            default -> DataType.TIMESTAMP;
        };
        String text = Texts.unquote(literal.STRING().getText());
        // the session's zone is known to the analyser, not to the parser
        return new CastTo(new Constant(new Literal(text, DataType.STRING)), type, false);
    }

    @Override
    public UnresolvedExpression visitIntervalLiteral(RivuletSqlParser.IntervalLiteralContext literal) {
        return new Constant(IntervalLiterals.of(literal.intervalText()));
    }

    @Override
    public UnresolvedExpression visitBinaryLiteral(RivuletSqlParser.BinaryLiteralContext literal) {
        return NumberLiterals.binary(literal);
    }
}
