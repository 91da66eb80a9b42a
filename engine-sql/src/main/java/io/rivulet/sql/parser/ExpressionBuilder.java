package io.rivulet.sql.parser;

import io.rivulet.error.RivuletException;
import io.rivulet.expression.Literal;
import io.rivulet.function.Utf8;
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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Parse trees of expressions to unresolved expressions. */
final class ExpressionBuilder extends RivuletSqlBaseVisitor<UnresolvedExpression> {
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

    private static RivuletException error(ParserRuleContext place, String message) {
        return SyntaxErrors.at(
                place.getStart().getInputStream().toString(),
                place.getStart().getLine(),
                place.getStart().getCharPositionInLine(),
                message);
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
        String operator = like.operator.getText().toLowerCase(Locale.ROOT);
        return not(like.NOT(), FunctionCall.of(operator, visit(like.predicate()), visit(like.pattern)));
    }

    // ---- arithmetic

    @Override
    public UnresolvedExpression visitSigned(RivuletSqlParser.SignedContext signed) {
        if (signed.operator.getType() == RivuletSqlParser.PLUS) {
            return visit(signed.value());
        }
        // the least integers have no positive twin, so the sign belongs to the number
        if (signed.value() instanceof RivuletSqlParser.PlainPrimaryContext plain
                && plain.primary() instanceof RivuletSqlParser.ConstantContext constant
                && constant.literal() instanceof RivuletSqlParser.IntegerLiteralContext number) {
            return integer(number, "-" + number.getText());
        }
        return FunctionCall.of("negative", visit(signed.value()));
    }

    @Override
    public UnresolvedExpression visitProduct(RivuletSqlParser.ProductContext product) {
        String operator = product.operator.getText().toLowerCase(Locale.ROOT);
        return FunctionCall.of(operator, visit(product.left), visit(product.right));
    }

    @Override
    public UnresolvedExpression visitSum(RivuletSqlParser.SumContext sum) {
        return FunctionCall.of(sum.operator.getText(), visit(sum.left), visit(sum.right));
    }

    @Override
    public UnresolvedExpression visitConcatenation(RivuletSqlParser.ConcatenationContext concat) {
        return FunctionCall.of("||", visit(concat.left), visit(concat.right));
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
        List<UnresolvedExpression> arguments = new ArrayList<>();
        boolean filtered = call.FILTER() != null;
        int count = call.expression().size() - (filtered ? 1 : 0);
        if (call.STAR() != null) {
            arguments.add(new AllColumns());
        }
        arguments.addAll(all(call.expression().subList(0, count)));
        UnresolvedExpression filter = filtered ? visit(call.expression(count)) : null;
        return new FunctionCall(name(call.identifier()), arguments, call.DISTINCT() != null, filter);
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
        return integer(literal, literal.getText());
    }

    private static Constant integer(ParserRuleContext place, String text) {
        boolean big = text.endsWith("L") || text.endsWith("l");
        BigInteger value = new BigInteger(big ? text.substring(0, text.length() - 1) : text);
        if (value.bitLength() < 32 && !big) {
            return new Constant(new Literal(value.intValue(), DataType.INT));
        }
        if (value.bitLength() < 64) {
            return new Constant(new Literal(value.longValue(), DataType.BIGINT));
        }
        return decimal(place, new BigDecimal(value));
    }

    private static Constant decimal(ParserRuleContext place, BigDecimal value) {
        if (Math.max(value.precision(), value.scale()) > io.rivulet.type.DecimalType.MAX_PRECISION) {
            throw error(place, "the number " + value + " has more than 38 digits");
        }
        return new Constant(Literal.of(value));
    }

    @Override
    public UnresolvedExpression visitDecimalLiteral(RivuletSqlParser.DecimalLiteralContext literal) {
        return decimal(literal, new BigDecimal(literal.getText()));
    }

    @Override
    public UnresolvedExpression visitDoubleLiteral(RivuletSqlParser.DoubleLiteralContext literal) {
        return new Constant(new Literal(Double.valueOf(literal.getText()), DataType.DOUBLE));
    }

    @Override
    public UnresolvedExpression visitStringLiteral(RivuletSqlParser.StringLiteralContext literal) {
        String text =
                literal.STRING().stream().map(s -> Texts.unquote(s.getText())).collect(Collectors.joining());
        return new Constant(new Literal(text, DataType.STRING));
    }

    @Override
    public UnresolvedExpression visitTimeLiteral(RivuletSqlParser.TimeLiteralContext literal) {
        DataType type = switch (literal.type.getType()) {
            case RivuletSqlParser.DATE -> DataType.DATE;
            case RivuletSqlParser.TIMESTAMP -> DataType.TIMESTAMP;
            default -> DataType.TIMESTAMP_NTZ;
        };
        String text = Texts.unquote(literal.STRING().getText());
        // the session's zone is known to the analyser, not to the parser
        return new CastTo(new Constant(new Literal(text, DataType.STRING)), type, false);
    }

    @Override
    public UnresolvedExpression visitIntervalLiteral(RivuletSqlParser.IntervalLiteralContext literal) {
        return new Constant(Texts.interval(literal.intervalText()));
    }

    @Override
    public UnresolvedExpression visitBinaryLiteral(RivuletSqlParser.BinaryLiteralContext literal) {
        String digits = literal.getText().substring(2, literal.getText().length() - 1);
        if (digits.length() % 2 != 0) {
            throw error(literal, "a binary text needs two digits per byte");
        }
        return new Constant(new Literal(Utf8.of(HexFormat.of().parseHex(digits)), DataType.BINARY));
    }
}
