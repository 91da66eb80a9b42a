package io.rivulet.expression.codegen;

import io.rivulet.expression.Call;
import io.rivulet.expression.CaseWhen;
import io.rivulet.expression.Cast;
import io.rivulet.expression.Coalesce;
import io.rivulet.expression.Expression;
import io.rivulet.expression.FieldAccess;
import io.rivulet.expression.In;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.IsNull;
import io.rivulet.expression.UserCall;
import io.rivulet.function.FunctionRef;
import io.rivulet.function.NullRule;
import io.rivulet.function.ResolvedFunction;
import io.rivulet.type.DataType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the bodies of one generated class share: its inputs, constants, fields and methods. */
final class KernelParts {
    private final Map<Expression, Integer> inputs = new LinkedHashMap<>();
    private final Map<Object, String> constants = new LinkedHashMap<>();
    private final Map<FunctionRef, String> functions = new LinkedHashMap<>();
    private final Set<String> fields = new LinkedHashSet<>();
    private final List<String> methods = new ArrayList<>();
    private final IdentityHashMap<Expression, Integer> weights = new IdentityHashMap<>();
    private int counter;

    int next() {
        return counter++;
    }

    /** The number of an input: a column, or a field of a struct column. */
    int input(Expression leaf) {
        return inputs.computeIfAbsent(leaf, e -> inputs.size());
    }

    List<Expression> inputs() {
        return List.copyOf(inputs.keySet());
    }

    String constant(Object value, String javaType) {
        return constants.computeIfAbsent(value, v -> {
            String name = "k" + constants.size();
            field("private final " + javaType + " " + name + ";");
            return name;
        });
    }

    String type(DataType type) {
        return constant(type, "io.rivulet.type.DataType");
    }

    List<Object> constants() {
        return List.copyOf(constants.keySet());
    }

    String function(FunctionRef ref) {
        return functions.computeIfAbsent(ref, r -> {
            String name = "f" + functions.size();
            field("private final io.rivulet.function.UserFunction " + name + ";");
            return name;
        });
    }

    List<FunctionRef> functions() {
        return List.copyOf(functions.keySet());
    }

    void field(String declaration) {
        fields.add(declaration);
    }

    Set<String> fields() {
        return fields;
    }

    void method(String text) {
        methods.add(text);
    }

    List<String> methods() {
        return methods;
    }

    /** About how much code an expression makes. */
    int weight(Expression expression) {
        Integer known = weights.get(expression);
        if (known != null) {
            return known;
        }
        int weight = expression instanceof In in ? 2 * in.items().size() : 1;
        for (Expression child : expression.children()) {
            weight += weight(child);
        }
        weights.put(expression, weight);
        return weight;
    }

    /** Whether generated code can compute it: scalar values over columns and fields of struct columns. */
    static boolean supports(Expression expression) {
        switch (expression.type().physical()) {
            case STRUCT, ARRAY, MAP -> {
                return false;
            }
            default -> {}
        }
        if (expression instanceof FieldAccess access) {
            return isColumn(access.struct());
        }
        return expression.children().stream().allMatch(KernelParts::supports);
    }

    private static boolean isColumn(Expression expression) {
        return expression instanceof InputRef
                || (expression instanceof FieldAccess access && isColumn(access.struct()));
    }

    /** Whether it can be null though no input is. */
    static boolean canBeNullWithoutNulls(Expression expression) {
        if (!expression.nullable()
                || expression instanceof InputRef
                || expression instanceof FieldAccess
                || expression instanceof IsNull) {
            return false;
        }
        if (expression instanceof Call call) {
            return canBeNull(call.function(), call.arguments());
        }
        if (expression instanceof Cast cast && cast.function() != null) {
            return canBeNull(cast.function(), cast.children());
        }
        if (expression instanceof CaseWhen caseWhen) {
            return canBeNullWithoutNulls(caseWhen.otherwise())
                    || caseWhen.branches().stream().anyMatch(b -> canBeNullWithoutNulls(b.then()));
        }
        if (expression instanceof Coalesce coalesce) {
            return coalesce.arguments().stream().allMatch(KernelParts::canBeNullWithoutNulls);
        }
        return expression.children().isEmpty()
                || expression instanceof UserCall
                || expression.children().stream().anyMatch(KernelParts::canBeNullWithoutNulls);
    }

    private static boolean canBeNull(ResolvedFunction function, List<Expression> arguments) {
        return function.canGiveNull()
                || (function.nulls() != NullRule.CALLED
                        && arguments.stream().anyMatch(KernelParts::canBeNullWithoutNulls));
    }
}
