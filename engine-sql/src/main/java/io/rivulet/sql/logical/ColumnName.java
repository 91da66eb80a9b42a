package io.rivulet.sql.logical;

import io.rivulet.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A column by name, or a field of one: {@code a}, {@code window.start}. Names have no case. */
public record ColumnName(List<String> parts) implements UnresolvedExpression {
    public ColumnName {
        parts = List.copyOf(parts);
    }

    private static final java.util.regex.Pattern PLAIN = java.util.regex.Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

    /**
     * A name as {@code col("…")} takes it: parts between dots; a part with other characters than letters, digits and
     * underscores may stand between backticks.
     */
    public static ColumnName parse(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '`') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        if (quoted || parts.contains("")) {
            throw ErrorCode.SYNTAX_ERROR.error("'" + text + "' is no column name; write a, a.b or, with special"
                    + " characters, `a b` between backticks");
        }
        return new ColumnName(parts);
    }

    @Override
    public List<UnresolvedExpression> children() {
        return List.of();
    }

    @Override
    public String sql() {
        return parts.stream()
                .map(p -> PLAIN.matcher(p).matches() ? p : "`" + p + "`")
                .collect(Collectors.joining("."));
    }

    @Override
    public <R> R accept(UnresolvedVisitor<R> visitor) {
        return visitor.visitColumnName(this);
    }
}
