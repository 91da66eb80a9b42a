package io.rivulet.expression.codegen;

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
import io.rivulet.expression.Simplifier;
import io.rivulet.expression.UserCall;
import io.rivulet.expression.Window;
import io.rivulet.function.ComparisonFunctions;
import io.rivulet.function.NullRule;
import io.rivulet.function.ResolvedFunction;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.PhysicalType;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the statements that compute expressions for row {@code i}. An expression already computed in an enclosing block
 * is not computed again. A subtree beyond {@link #METHOD_WEIGHT} becomes a method of its own, so that no method grows past
 * what the JIT compiles.
 */
final class BodyWriter implements ExpressionVisitor<Value> {
    private static final int METHOD_WEIGHT = 60;
    private static final int CASE_BRANCHES = 8;

    private final KernelParts parts;
    private final boolean withNulls;
    private final Deque<Map<Expression, Value>> scopes = new ArrayDeque<>();
    private StringBuilder body = new StringBuilder();
    private @Nullable Expression methodRoot;

    /** @param withNulls whether inputs that may be null are looked at for nulls, or known to hold none */
    BodyWriter(KernelParts parts, boolean withNulls) {
        this.parts = parts;
        this.withNulls = withNulls;
        scopes.push(new HashMap<>());
    }

    /** The statements so far. */
    String text() {
        return body.toString();
    }

    void line(String statement) {
        body.append("      ").append(statement).append('\n');
    }

    /** The value of an expression in the current block. */
    Value value(Expression expression) {
        for (Map<Expression, Value> scope : scopes) {
            Value known = scope.get(expression);
            if (known != null) {
                return known;
            }
        }
        boolean own = expression != methodRoot && parts.weight(expression) > METHOD_WEIGHT;
        Value value = own ? inMethod(expression) : expression.accept(this);
        if (expression.deterministic()) {
            top().put(expression, value);
        }
        return value;
    }

    private Map<Expression, Value> top() {
        return java.util.Objects.requireNonNull(scopes.peek());
    }

    private String fresh(String prefix) {
        return prefix + parts.next();
    }

    /** The statements of a method of its own, which sees nothing computed so far. */
    private String separately(@Nullable Expression root, Runnable content) {
        StringBuilder outer = body;
        List<Map<Expression, Value>> outerScopes = new ArrayList<>(scopes);
        Expression outerRoot = methodRoot;
        body = new StringBuilder();
        scopes.clear();
        scopes.push(new HashMap<>());
        methodRoot = root;
        content.run();
        String text = body.toString();
        body = outer;
        scopes.clear();
        outerScopes.forEach(scopes::addLast);
        methodRoot = outerRoot;
        return text;
    }

    private Value inMethod(Expression expression) {
        String name = fresh("e");
        String nullField = "z" + name;
        String type = JavaText.type(expression.type());
        boolean[] never = new boolean[1];
        String text = separately(expression, () -> {
            Value inner = value(expression);
            never[0] = inner.neverNull();
            if (!inner.neverNull()) {
                line("this." + nullField + " = " + inner.isNull() + ";");
            }
            line("return " + inner.code() + ";");
        });
        parts.method("  private " + type + " " + name + "(int i) {\n" + text + "  }\n");
        String local = fresh("v");
        line("final " + type + " " + local + " = " + name + "(i);");
        if (never[0]) {
            return Value.present(local);
        }
        parts.field("private boolean " + nullField + ";");
        String isNull = fresh("n");
        line("final boolean " + isNull + " = this." + nullField + ";");
        return new Value(local, isNull);
    }

    private void inBlock(Runnable content) {
        scopes.push(new HashMap<>());
        content.run();
        scopes.pop();
    }

    @Override
    public Value visitLiteral(Literal literal) {
        Object value = literal.value();
        DataType type = literal.type();
        if (value == null) {
            return new Value(typedZero(type), "true");
        }
        if (type instanceof DecimalType && type.physical() == PhysicalType.LONG) {
            return Value.present(
                    JavaText.integer(((BigDecimal) value).unscaledValue().longValue()));
        }
        if (type.physical() == PhysicalType.BYTES || type.physical() == PhysicalType.DECIMAL128) {
            Object physical = value instanceof String text ? io.rivulet.function.Utf8.of(text) : value;
            return Value.present(parts.constant(physical, JavaText.type(type)));
        }
        return Value.present(JavaText.number(type, value));
    }

    private static String typedZero(DataType type) {
        return "((" + JavaText.type(type) + ") " + JavaText.zero(type) + ")";
    }

    @Override
    public Value visitInputRef(InputRef input) {
        return input(input);
    }

    private Value input(Expression leaf) {
        int number = parts.input(leaf);
        DataType type = leaf.type();
        String local = fresh("v");
        String read = switch (type.physical()) {
            case BYTES -> "u" + number + ".set(d" + number + ", s" + number + "[i], s" + number + "[i + 1])";
            case DECIMAL128 ->
                "io.rivulet.function.DecimalFunctions.of(h" + number + "[i], c" + number + "[i], "
                        + ((DecimalType) type).scale() + ")";
            case NULL -> "null";
            default -> "c" + number + "[i]";
        };
        line("final " + JavaText.type(type) + " " + local + " = " + read + ";");
        if (!withNulls || !leaf.nullable()) {
            return Value.present(local);
        }
        String isNull = fresh("n");
        String bits = "p" + number;
        line("final boolean " + isNull + " = " + bits + " != null && (" + bits + "[i >>> 6] >>> i & 1L) == 0L;");
        return new Value(local, isNull);
    }

    @Override
    public Value visitCall(Call call) {
        return call(call.function(), call.arguments());
    }

    @Override
    public Value visitCast(Cast cast) {
        ResolvedFunction function = cast.function();
        if (function != null) {
            return call(function, List.of(cast.argument()));
        }
        Value argument = value(cast.argument());
        return cast.argument().type() == DataType.NULL ? new Value(typedZero(cast.type()), "true") : argument;
    }

    private Value call(ResolvedFunction function, List<Expression> arguments) {
        List<Value> values = new ArrayList<>();
        List<String> nulls = new ArrayList<>();
        for (Expression argument : arguments) {
            Value value = value(argument);
            values.add(value);
            if (!value.neverNull()) {
                nulls.add(value.isNull());
            }
        }
        boolean called = function.nulls() == NullRule.CALLED;
        if (!called && nulls.contains("true")) {
            return new Value(typedZero(function.result()), "true");
        }
        String invocation = invocation(function, values);
        DataType result = function.result();
        if ((called || nulls.isEmpty()) && !function.canGiveNull()) {
            String local = fresh("v");
            line("final " + JavaText.type(result) + " " + local + " = " + converted(function, invocation) + ";");
            return Value.present(local);
        }
        String local = fresh("v");
        String isNull = fresh("n");
        line("boolean " + isNull + " = " + (called || nulls.isEmpty() ? "false" : String.join(" || ", nulls)) + ";");
        line(JavaText.type(result) + " " + local + " = " + JavaText.zero(result) + ";");
        line("if (!" + isNull + ") {");
        if (function.tryCall()) {
            line("try {");
        }
        if (function.nulls() != NullRule.PROPAGATE
                && !function.method().getReturnType().isPrimitive()) {
            String given = fresh("r");
            line(function.method().getReturnType().getCanonicalName() + " " + given + " = " + invocation + ";");
            line("if (" + given + " == null) { " + isNull + " = true; } else { " + local + " = "
                    + convertedReference(function, given) + "; }");
        } else {
            line(local + " = " + converted(function, invocation) + ";");
        }
        if (function.tryCall()) {
            line("} catch (io.rivulet.error.RivuletException x) {");
            line("io.rivulet.function.ResolvedFunction.rethrowUnlessData(x);");
            line(isNull + " = true;");
            line("}");
        }
        line("}");
        return new Value(local, isNull);
    }

    private static String converted(ResolvedFunction function, String given) {
        return function.method().getReturnType().isPrimitive() ? given : convertedReference(function, given);
    }

    private static String convertedReference(ResolvedFunction function, String given) {
        Class<?> returned = function.method().getReturnType();
        if (returned == String.class) {
            return "io.rivulet.function.Utf8.of(" + given + ")";
        }
        if (returned == BigDecimal.class && function.result().physical() == PhysicalType.LONG) {
            return given + ".unscaledValue().longValue()";
        }
        return JavaText.unboxed(function.result(), given);
    }

    private String invocation(ResolvedFunction function, List<Value> values) {
        List<String> arguments = new ArrayList<>();
        Class<?>[] wanted = function.method().getParameterTypes();
        for (int i = 0; i < values.size(); i++) {
            DataType type = function.parameters().get(i);
            Value value = values.get(i);
            String code = value.code();
            if (wanted[i] == String.class) {
                code = code + ".toString()";
            } else if (wanted[i] == BigDecimal.class && type.physical() == PhysicalType.LONG) {
                code = "java.math.BigDecimal.valueOf(" + code + ", " + ((DecimalType) type).scale() + ")";
            } else if (wanted[i].isPrimitive()) {
                code = "(" + wanted[i] + ") " + code;
            } else {
                arguments.add(JavaText.boxed(type, value));
                continue;
            }
            boolean guarded = !wanted[i].isPrimitive() && !value.neverNull();
            arguments.add(guarded ? "(" + value.isNull() + " ? null : " + code + ")" : code);
        }
        for (Object constant : function.constants()) {
            arguments.add(JavaText.constant(constant));
        }
        if (function.usesContext()) {
            arguments.add("context");
        }
        return function.method().getDeclaringClass().getCanonicalName() + "."
                + function.method().getName() + "(" + String.join(", ", arguments) + ")";
    }

    @Override
    public Value visitUserCall(UserCall call) {
        List<String> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            Value value = value(argument);
            arguments.add("io.rivulet.expression.JavaForms.toJava(" + parts.type(argument.type()) + ", "
                    + JavaText.boxed(argument.type(), value) + ")");
        }
        String given = fresh("r");
        line("Object " + given + " = io.rivulet.expression.JavaForms.call("
                + parts.constant(call, "io.rivulet.expression.UserCall") + ", " + parts.function(call.function())
                + ", new Object[] {" + String.join(", ", arguments) + "});");
        String unboxed = JavaText.unboxed(call.type(), "((" + JavaText.box(call.type()) + ") " + given + ")");
        String local = fresh("v");
        if (!call.nullable()) {
            line("final " + JavaText.type(call.type()) + " " + local + " = " + unboxed + ";");
            return Value.present(local);
        }
        String isNull = fresh("n");
        line("final boolean " + isNull + " = " + given + " == null;");
        line("final " + JavaText.type(call.type()) + " " + local + " = " + isNull + " ? " + JavaText.zero(call.type())
                + " : " + unboxed + ";");
        return new Value(local, isNull);
    }

    @Override
    public Value visitAnd(And and) {
        return logic(and.left(), and.right(), true);
    }

    @Override
    public Value visitOr(Or or) {
        return logic(or.left(), or.right(), false);
    }

    private Value logic(Expression leftSide, Expression rightSide, boolean and) {
        Value left = value(leftSide);
        String local = fresh("v");
        String not = and ? "" : "!";
        if (isTotal(rightSide)) {
            // nothing can fail on the right, so both sides are computed and no branch is needed
            Value right = value(rightSide);
            if (left.neverNull() && right.neverNull()) {
                line("final boolean " + local + " = " + left.code() + (and ? " & " : " | ") + right.code() + ";");
                return Value.present(local);
            }
        }
        boolean never = left.neverNull() && neverNull(rightSide);
        String isNull = fresh("n");
        line("boolean " + local + " = " + !and + ";");
        if (!never) {
            line("boolean " + isNull + " = false;");
        }
        String undecided =
                left.neverNull() ? not + left.code() : "(" + left.isNull() + " || " + not + left.code() + ")";
        line("if (" + undecided + ") {");
        inBlock(() -> {
            Value right = value(rightSide);
            if (!never) {
                line(isNull + " = " + right.isNull() + " || (" + left.isNull() + " && " + not + right.code() + ");");
                line(local + " = !" + isNull + " && " + right.code() + ";");
            } else {
                line(local + " = " + right.code() + ";");
            }
        });
        line("}");
        return never ? Value.present(local) : new Value(local, isNull);
    }

    private boolean neverNull(Expression expression) {
        return !expression.nullable() || (!withNulls && !KernelParts.canBeNullWithoutNulls(expression));
    }

    private static boolean isTotal(Expression expression) {
        if (expression instanceof Call call
                && call.function().method().getDeclaringClass() != ComparisonFunctions.class) {
            return false;
        }
        boolean known = expression instanceof Call
                || expression instanceof InputRef
                || expression instanceof Literal
                || expression instanceof And
                || expression instanceof Or
                || expression instanceof Not
                || expression instanceof IsNull;
        return known && expression.children().stream().allMatch(BodyWriter::isTotal);
    }

    @Override
    public Value visitNot(Not not) {
        Value argument = value(not.argument());
        return new Value("(!" + argument.code() + ")", argument.isNull());
    }

    @Override
    public Value visitIsNull(IsNull isNull) {
        return Value.present("(" + value(isNull.argument()).isNull() + ")");
    }

    @Override
    public Value visitCaseWhen(CaseWhen caseWhen) {
        if (caseWhen.branches().size() > CASE_BRANCHES) {
            return longCase(caseWhen);
        }
        String local = fresh("v");
        String isNull = fresh("n");
        line(JavaText.type(caseWhen.type()) + " " + local + " = " + JavaText.zero(caseWhen.type()) + ";");
        boolean never = neverNull(caseWhen);
        if (!never) {
            line("boolean " + isNull + " = false;");
        }
        branch(caseWhen, 0, local, never ? "" : isNull);
        return never ? Value.present(local) : new Value(local, isNull);
    }

    /** A method per group of branches, which leaves the value in fields and gives whether a branch was taken. */
    private Value longCase(CaseWhen caseWhen) {
        String type = JavaText.type(caseWhen.type());
        String result = fresh("r");
        String isNull = fresh("z");
        String taken = fresh("t");
        parts.field("private " + type + " " + result + ";");
        parts.field("private boolean " + isNull + ";");
        line("boolean " + taken + " = false;");
        for (int from = 0; from < caseWhen.branches().size(); from += CASE_BRANCHES) {
            int to = Math.min(from + CASE_BRANCHES, caseWhen.branches().size());
            List<CaseWhen.Branch> some = caseWhen.branches().subList(from, to);
            String name = fresh("e");
            String text = separately(null, () -> {
                for (CaseWhen.Branch branch : some) {
                    line("if (" + test(value(branch.when())) + ") {");
                    inBlock(() -> assign(branch.then(), "this." + result, "this." + isNull));
                    line("return true;");
                    line("}");
                }
                line("return false;");
            });
            parts.method("  private boolean " + name + "(int i) {\n" + text + "  }\n");
            line("if (!" + taken + ") { " + taken + " = " + name + "(i); }");
        }
        line("if (!" + taken + ") {");
        inBlock(() -> assign(caseWhen.otherwise(), "this." + result, "this." + isNull));
        line("}");
        String local = fresh("v");
        line("final " + type + " " + local + " = this." + result + ";");
        if (neverNull(caseWhen)) {
            return Value.present(local);
        }
        String localNull = fresh("n");
        line("final boolean " + localNull + " = this." + isNull + ";");
        return new Value(local, localNull);
    }

    private void branch(CaseWhen caseWhen, int index, String local, String isNull) {
        if (index == caseWhen.branches().size()) {
            assign(caseWhen.otherwise(), local, isNull);
            return;
        }
        CaseWhen.Branch branch = caseWhen.branches().get(index);
        Value condition = value(branch.when());
        line("if (" + test(condition) + ") {");
        inBlock(() -> assign(branch.then(), local, isNull));
        line("} else {");
        inBlock(() -> branch(caseWhen, index + 1, local, isNull));
        line("}");
    }

    static String test(Value condition) {
        return condition.neverNull() ? condition.code() : "(!" + condition.isNull() + " && " + condition.code() + ")";
    }

    private void assign(Expression expression, String local, String isNull) {
        Value value = value(expression);
        line(local + " = " + value.code() + ";");
        if (!isNull.isEmpty()) {
            line(isNull + " = " + value.isNull() + ";");
        }
    }

    @Override
    public Value visitCoalesce(Coalesce coalesce) {
        List<Expression> arguments = coalesce.arguments();
        if (arguments.size() > CASE_BRANCHES) {
            int half = arguments.size() / 2;
            return value(new Coalesce(List.of(
                    new Coalesce(arguments.subList(0, half)),
                    new Coalesce(arguments.subList(half, arguments.size())))));
        }
        Value first = value(arguments.get(0));
        if (first.neverNull() || arguments.size() == 1) {
            return first;
        }
        String local = fresh("v");
        String isNull = fresh("n");
        line(JavaText.type(coalesce.type()) + " " + local + " = " + first.code() + ";");
        line("boolean " + isNull + " = " + first.isNull() + ";");
        for (Expression next : arguments.subList(1, arguments.size())) {
            line("if (" + isNull + ") {");
            inBlock(() -> assign(next, local, isNull));
            line("}");
        }
        return neverNull(coalesce) ? Value.present(local) : new Value(local, isNull);
    }

    @Override
    public Value visitIn(In in) {
        return value(Simplifier.asComparisons(in));
    }

    @Override
    public Value visitFieldAccess(FieldAccess access) {
        return input(access);
    }

    @Override
    public Value visitCurrentTimestamp(CurrentTimestamp timestamp) {
        return Value.present("now");
    }

    @Override
    public Value visitMakeStruct(MakeStruct struct) {
        throw new IllegalStateException("a struct within generated code: " + struct);
    }

    @Override
    public Value visitWindow(Window window) {
        throw new IllegalStateException("a window within generated code: " + window);
    }
}
