package io.rivulet.sql.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call by name of a function, an operator ({@code +}, {@code and}, {@code between} …) or an aggregate.
 *
 * @param filter for aggregates: which rows count, or null for all
 */
public record FunctionCall(
        String name,
        List<UnresolvedExpression> arguments,
        boolean distinct,
        @Nullable UnresolvedExpression filter) implements UnresolvedExpression {
    private static final Set<String> INFIX = Set.of(
            "+", "-", "*", "/", "%", "=", "!=", "<>", "<", "<=", ">", ">=", "<=>", "||", "and", "or", "like", "ilike",
            "rlike", "&", "|", "^", "<<", ">>", ">>>");

    public FunctionCall {
        arguments = List.copyOf(arguments);
    }

    /** A plain call. */
    public static FunctionCall of(String name, UnresolvedExpression... arguments) {
        return new FunctionCall(name, List.of(arguments), false, null);
    }

    /** The name in lower case, as it is looked up. */
    public String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public List<UnresolvedExpression> children() {
        if (filter == null) {
            return arguments;
        }
        List<UnresolvedExpression> children = new ArrayList<>(arguments);
        children.add(filter);
        return children;
    }

    @Override
    public String sql() {
        List<String> texts = arguments.stream().map(UnresolvedExpression::sql).toList();
        if (texts.size() == 2 && INFIX.contains(key())) {
            return "(" + texts.get(0) + " " + name.toUpperCase(Locale.ROOT) + " " + texts.get(1) + ")";
        }
        String operator = texts.isEmpty() ? null : operator(texts);
        return operator != null
                ? operator
                : texts.stream().collect(Collectors.joining(", ", name + "(" + (distinct ? "DISTINCT " : ""), ")"))
                        + (filter == null ? "" : " FILTER (WHERE " + filter.sql() + ")");
    }

    /** As an operator that is not written between two operands; null for a call, also one with the wrong arguments. */
    private @Nullable String operator(List<String> texts) {
        String first = texts.get(0);
        if (texts.size() == 1) {
            return switch (key()) {
                case "isnull" -> "(" + first + " IS NULL)";
                case "isnotnull" -> "(" + first + " IS NOT NULL)";
                case "not" -> "(NOT " + first + ")";
                case "~" -> "(~ " + first + ")";
                case "negative" -> "(- " + first + ")";
                default -> null;
            };
        }
        if (key().equals("in")) {
            return "(" + first + " IN (" + String.join(", ", texts.subList(1, texts.size())) + "))";
        }
        return key().equals("between") && texts.size() == 3
                ? "(" + first + " BETWEEN " + texts.get(1) + " AND " + texts.get(2) + ")"
                : null;
    }

    @Override
    public <R> R accept(UnresolvedVisitor<R> visitor) {
        return visitor.visitFunctionCall(this);
    }
}
