package io.rivulet.expression.codegen;

import io.rivulet.expression.Expression;
import io.rivulet.expression.FieldAccess;
import io.rivulet.expression.InputRef;
import io.rivulet.type.DataType;
import io.rivulet.type.PhysicalType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the class that computes a condition and outputs. Small sets become one loop, written for {all rows, selected
 * rows} × {inputs without nulls, with nulls}; large ones a loop per group of outputs, in the general form only.
 */
final class KernelSource {
    /** The package and name of every generated class; each has a class loader of its own. */
    static final String CLASS_NAME = "io.rivulet.expression.codegen.Generated";

    private static final int SMALL = 100;

    private final @Nullable Expression condition;
    private final List<Expression> outputs;
    private final KernelParts parts = new KernelParts();
    private final StringBuilder loops = new StringBuilder();

    KernelSource(@Nullable Expression condition, List<Expression> outputs) {
        this.condition = condition;
        this.outputs = outputs;
    }

    KernelParts parts() {
        return parts;
    }

    /** The whole source. */
    String write() {
        int weight = condition == null ? 0 : parts.weight(condition);
        for (Expression output : outputs) {
            weight += parts.weight(output);
        }
        String dispatch = weight <= SMALL ? small() : large();
        StringBuilder text = new StringBuilder();
        text.append("package io.rivulet.expression.codegen;\n\n");
        text.append("public final class Generated extends CompiledKernel {\n");
        for (int i = 0; i < parts.inputs().size(); i++) {
            inputFields(text, parts.inputs().get(i).type(), i);
        }
        parts.fields().forEach(f -> text.append("  ").append(f).append('\n'));
        text.append("  private final io.rivulet.function.FunctionContext context;\n");
        text.append("  private long now;\n  private int[] chosen = new int[0];\n\n");
        constructor(text);
        text.append("  public int run(io.rivulet.vector.ColumnVector[] in, long[][] present, long now, int[] rows,\n")
                .append("      int n, int[] passing, io.rivulet.expression.OutputColumn[] out) {\n")
                .append("    this.now = now;\n");
        for (int i = 0; i < parts.inputs().size(); i++) {
            bind(text, parts.inputs().get(i).type(), i);
        }
        text.append(dispatch).append("  }\n\n").append(loops);
        parts.methods().forEach(m -> text.append('\n').append(m));
        return text.append("}\n").toString();
    }

    private void constructor(StringBuilder text) {
        text.append("  public Generated(Object[] constants, io.rivulet.function.FunctionContext context,\n")
                .append("      io.rivulet.function.UserFunction[] functions) {\n    this.context = context;\n");
        int number = 0;
        for (Object constant : parts.constants()) {
            String name = "k" + number;
            String type = parts.fields().stream()
                    .filter(f -> f.endsWith(" " + name + ";"))
                    .map(f -> f.substring("private final ".length(), f.length() - name.length() - 2))
                    .findFirst()
                    .orElse(constant.getClass().getName());
            text.append("    this.")
                    .append(name)
                    .append(" = (")
                    .append(type)
                    .append(") constants[")
                    .append(number++);
            text.append("];\n");
        }
        for (int i = 0; i < parts.functions().size(); i++) {
            text.append("    this.f")
                    .append(i)
                    .append(" = functions[")
                    .append(i)
                    .append("];\n");
        }
        text.append("  }\n\n");
    }

    private static void inputFields(StringBuilder text, DataType type, int number) {
        text.append("  private long[] p").append(number).append(";\n");
        switch (type.physical()) {
            case NULL -> {}
            case BYTES ->
                text.append("  private byte[] d")
                        .append(number)
                        .append(";\n  private int[] s")
                        .append(number)
                        .append(";\n  private final io.rivulet.function.Utf8 u")
                        .append(number)
                        .append(" = new io.rivulet.function.Utf8();\n");
            case DECIMAL128 ->
                text.append("  private long[] h")
                        .append(number)
                        .append(";\n  private long[] c")
                        .append(number)
                        .append(";\n");
            default ->
                text.append("  private ")
                        .append(JavaText.type(type))
                        .append("[] c")
                        .append(number)
                        .append(";\n");
        }
    }

    private static String vector(DataType type) {
        String name = switch (type.physical()) {
            case BOOLEAN -> "Boolean";
            case BYTE -> "Byte";
            case SHORT -> "Short";
            case INT -> "Int";
            case LONG -> "Long";
            case FLOAT -> "Float";
            case DOUBLE -> "Double";
            case DECIMAL128 -> "Decimal128";
            default -> "Bytes";
        };
        return "io.rivulet.vector." + name + "Vector";
    }

    private static void bind(StringBuilder text, DataType type, int number) {
        String source = "((" + vector(type) + ") in[" + number + "])";
        text.append("    p").append(number).append(" = present[").append(number).append("];\n");
        switch (type.physical()) {
            case NULL -> {}
            case BYTES ->
                text.append("    d")
                        .append(number)
                        .append(" = ")
                        .append(source)
                        .append(".data();\n    s")
                        .append(number)
                        .append(" = ")
                        .append(source)
                        .append(".offsets();\n");
            case DECIMAL128 ->
                text.append("    h")
                        .append(number)
                        .append(" = ")
                        .append(source)
                        .append(".high();\n    c")
                        .append(number)
                        .append(" = ")
                        .append(source)
                        .append(".low();\n");
            default ->
                text.append("    c").append(number).append(" = ").append(source).append(".values();\n");
        }
    }

    private String small() {
        List<Expression> all = new ArrayList<>(outputs);
        if (condition != null) {
            all.add(condition);
        }
        boolean nullsPossible = all.stream().anyMatch(KernelSource::readsNullable);
        loop("plainAll", condition, outputs, false, false);
        loop("plainChosen", condition, outputs, false, true);
        StringBuilder dispatch = new StringBuilder();
        if (nullsPossible) {
            loop("all", condition, outputs, true, false);
            loop("chosen", condition, outputs, true, true);
            List<String> anyNull = new ArrayList<>();
            for (int i = 0; i < parts.inputs().size(); i++) {
                if (parts.inputs().get(i).nullable()) {
                    anyNull.add("p" + i + " != null");
                }
            }
            // a column can be read by no statement, where a constant null makes its value unneeded
            String someNull = anyNull.isEmpty() ? "false" : String.join(" || ", anyNull);
            dispatch.append("    if (")
                    .append(someNull)
                    .append(") {\n      return rows == null ? all(rows, n, passing, out)")
                    .append(" : chosen(rows, n, passing, out);\n    }\n");
        }
        return dispatch.append("    return rows == null ? plainAll(rows, n, passing, out)")
                .append(" : plainChosen(rows, n, passing, out);\n")
                .toString();
    }

    private static boolean readsNullable(Expression expression) {
        return (expression instanceof InputRef && expression.nullable())
                || expression.children().stream().anyMatch(KernelSource::readsNullable)
                || (expression instanceof FieldAccess && expression.nullable());
    }

    private String large() {
        StringBuilder dispatch = new StringBuilder();
        dispatch.append("    int[] some = rows;\n    int count = n;\n");
        if (condition != null) {
            loop("test", condition, List.of(), true, true);
            dispatch.append("    int[] target = passing;\n    if (target == null) {\n")
                    .append("      if (chosen.length < n) { chosen = new int[n]; }\n      target = chosen;\n    }\n")
                    .append(
                            "    count = test(rows == null ? everyRow(n) : rows, n, target, out);\n    some = target;\n");
        } else {
            dispatch.append("    if (some == null) { some = everyRow(n); }\n");
        }
        loops.append("  private int[] every = new int[0];\n\n  private int[] everyRow(int n) {\n")
                .append("    if (every.length < n) {\n      every = new int[n];\n")
                .append("      for (int i = 0; i < n; i++) { every[i] = i; }\n    }\n    return every;\n  }\n\n");
        int from = 0;
        while (from < outputs.size()) {
            int to = from;
            int weight = 0;
            while (to < outputs.size() && (to == from || weight + parts.weight(outputs.get(to)) <= SMALL)) {
                weight += parts.weight(outputs.get(to++));
            }
            String name = "group" + from;
            loop(name, null, outputs.subList(from, to), true, true, from);
            dispatch.append("    ").append(name).append("(some, count, null, out);\n");
            from = to;
        }
        return dispatch.append("    return count;\n").toString();
    }

    private void loop(
            String name, @Nullable Expression test, List<Expression> some, boolean withNulls, boolean chosen) {
        loop(name, test, some, withNulls, chosen, 0);
    }

    private void loop(
            String name,
            @Nullable Expression test,
            List<Expression> some,
            boolean withNulls,
            boolean chosen,
            int firstOutput) {
        BodyWriter body = new BodyWriter(parts, withNulls);
        StringBuilder prologue = new StringBuilder();
        String position = test == null ? (chosen ? "r" : "i") : "k";
        boolean filterOnly = test != null && some.isEmpty();
        if (test != null) {
            String passed = BodyWriter.test(body.value(test));
            if (filterOnly) {
                // written always and counted only when it passes: no branch to mispredict
                body.line("passing[k] = i;");
                body.line("k += " + passed + " ? 1 : 0;");
            } else {
                body.line("if (!" + passed + ") continue;");
                body.line("if (passing != null) passing[k] = i;");
            }
        }
        for (int o = 0; o < some.size(); o++) {
            output(body, prologue, some.get(o), firstOutput + o, position);
        }
        if (test != null && !filterOnly) {
            body.line("k++;");
        }
        loops.append("  private int ").append(name);
        loops.append("(int[] rows, int n, int[] passing, io.rivulet.expression.OutputColumn[] out) {\n");
        loops.append(locals(body.text())).append(prologue);
        if (test != null) {
            loops.append("    int k = 0;\n");
        }
        String index = chosen ? "r" : "i";
        loops.append("    for (int ")
                .append(index)
                .append(" = 0; ")
                .append(index)
                .append(" < n; ")
                .append(index);
        loops.append("++) {\n").append(chosen ? "      final int i = rows[r];\n" : "");
        loops.append(body.text())
                .append("    }\n    return ")
                .append(test == null ? "n" : "k")
                .append(";\n  }\n\n");
    }

    // arrays in local variables, which the JIT keeps in registers; methods of subtrees read the fields of the same name
    private String locals(String body) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.inputs().size(); i++) {
            DataType type = parts.inputs().get(i).type();
            boolean bytes = type.physical() == PhysicalType.BYTES;
            String array = bytes ? "s" + i + "[" : "c" + i + "[";
            if (!body.contains(array)) {
                continue;
            }
            String element = bytes ? "int" : type.physical() == PhysicalType.DECIMAL128 ? "long" : JavaText.type(type);
            String name = array.substring(0, array.length() - 1);
            text.append("    final ")
                    .append(element)
                    .append("[] ")
                    .append(name)
                    .append(" = this.")
                    .append(name);
            text.append(";\n");
            if (bytes) {
                text.append("    final byte[] d")
                        .append(i)
                        .append(" = this.d")
                        .append(i)
                        .append(";\n");
            }
            if (body.contains("p" + i + " != null")) {
                text.append("    final long[] p")
                        .append(i)
                        .append(" = this.p")
                        .append(i)
                        .append(";\n");
            }
        }
        if (body.contains("now")) {
            text.append("    final long now = this.now;\n");
        }
        return text.toString();
    }

    private void output(BodyWriter body, StringBuilder prologue, Expression output, int number, String position) {
        Value value = body.value(output);
        DataType type = output.type();
        prologue.append("    out[")
                .append(number)
                .append("].begin(n, ")
                .append(!value.neverNull())
                .append(");\n");
        String guard = "";
        if (!value.neverNull()) {
            prologue.append("    final long[] b")
                    .append(number)
                    .append(" = out[")
                    .append(number)
                    .append("].present();\n");
            guard = "b" + number + "[" + position + " >>> 6] |= (" + value.isNull() + " ? 0L : 1L) << " + position
                    + ";";
        }
        switch (type.physical()) {
            case NULL -> {}
            case BYTES -> {
                prologue.append("    final io.rivulet.expression.OutputColumn o")
                        .append(number)
                        .append(" = out[");
                prologue.append(number).append("];\n");
                String append = "o" + number + ".append(" + position + ", " + value.code() + ");";
                body.line(guard);
                body.line(
                        value.neverNull()
                                ? append
                                : "if (" + value.isNull() + ") { o" + number + ".skip(" + position + "); } else { "
                                        + append + " }");
            }
            case DECIMAL128 -> {
                body.line(guard);
                String set = "out[" + number + "].setDecimal(" + position + ", " + value.code() + ");";
                body.line(value.neverNull() ? set : "if (!" + value.isNull() + ") { " + set + " }");
            }
            default -> {
                String java = JavaText.type(type);
                prologue.append("    final ")
                        .append(java)
                        .append("[] o")
                        .append(number)
                        .append(" = out[");
                prologue.append(number).append("].").append(java).append("s();\n");
                body.line(guard);
                body.line("o" + number + "[" + position + "] = " + value.code() + ";");
            }
        }
    }
}
