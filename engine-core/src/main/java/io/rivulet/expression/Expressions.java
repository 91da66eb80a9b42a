package io.rivulet.expression;

import io.rivulet.error.ErrorCode;
import io.rivulet.function.CalledName;
import io.rivulet.function.FunctionRegistry;
import io.rivulet.function.Intervals;
import io.rivulet.function.ResolvedFunction;
import io.rivulet.function.TypeCoercion;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Builds resolved expressions from function names and arguments: finds the function, inserts the implicit casts, and
 * knows the special forms that are no functions (AND, IF, COALESCE, window …). Names have no case.
 */
public final class Expressions {
    /** The special forms: each of their names, and the one that {@link #form} knows it by. */
    private static final Map<String, String> FORMS = forms();

    /** What these do is the cast of their argument, so that is what must not fail when they are tried. */
    private static final Set<String> CASTS = Set.of("to_date", "date", "to_timestamp", "timestamp");

    private static Map<String, String> forms() {
        Map<String, String> forms = new LinkedHashMap<>();
        for (String name : List.of(
                "and",
                "or",
                "not",
                "if",
                "coalesce",
                "ifnull",
                "nvl2",
                "nullif",
                "isnull",
                "isnotnull",
                "<=>",
                "between",
                "in",
                "concat",
                "concat_ws",
                "greatest",
                "least",
                "window",
                "window_time",
                "struct",
                "named_struct",
                "date_part",
                "current_timestamp",
                "current_date",
                "hash",
                "xxhash64")) {
            forms.put(name, name);
        }
        forms.put("!", "not");
        forms.put("iff", "if");
        forms.put("nvl", "ifnull");
        forms.put("||", "concat");
        forms.put("now", "current_timestamp");
        forms.put("datepart", "date_part");
        forms.put("extract", "date_part");
        return forms;
    }

    private Expressions() {}

    /** A column of a schema by name; {@code UNKNOWN_COLUMN} when there is not exactly one of that name. */
    public static InputRef column(Schema schema, String name) {
        int index = schema.indexOf(name);
        if (index < 0) {
            throw ErrorCode.UNKNOWN_COLUMN.error(
                    (index == Schema.AMBIGUOUS ? "more than one column is named '" : "there is no column '") + name
                            + "'; there is " + schema.names());
        }
        return column(schema, index);
    }

    /** A column of a schema by index. */
    public static InputRef column(Schema schema, int index) {
        return new InputRef(index, schema.type(index), schema.field(index).nullable());
    }

    /** Whether {@link #call} knows the name as a special form or a function of the registry. */
    public static boolean isKnown(String name, FunctionRegistry registry) {
        return FORMS.containsKey(name.toLowerCase(Locale.ROOT)) || registry.contains(name);
    }

    /**
     * The names that {@link #call} knows, {@code try_} variants not among them, by meaning: those of one list are
     * interchangeable, and the first is the one that {@link io.rivulet.function.FunctionReference} describes them under.
     */
    public static List<List<String>> synonyms(FunctionRegistry registry) {
        Map<String, List<String>> forms = new LinkedHashMap<>();
        FORMS.forEach((name, form) ->
                forms.computeIfAbsent(form, f -> new ArrayList<>()).add(name));
        List<List<String>> synonyms = new ArrayList<>(forms.values());
        for (List<String> group : registry.synonyms()) {
            // a form of the same name hides a function
            List<String> functions =
                    group.stream().filter(name -> !FORMS.containsKey(name)).toList();
            if (!functions.isEmpty()) {
                synonyms.add(functions);
            }
        }
        return synonyms;
    }

    /** A call of a built-in function. */
    public static Expression call(String name, List<Expression> arguments) {
        return call(FunctionRegistry.builtin(), name, arguments);
    }

    /** A call of a built-in function. */
    public static Expression call(String name, Expression... arguments) {
        return call(FunctionRegistry.builtin(), name, List.of(arguments));
    }

    /**
     * A call of a function or special form, its arguments cast to the parameter types where SQL does that implicitly.
     *
     * @throws io.rivulet.error.RivuletException {@code UNKNOWN_FUNCTION}, {@code TYPE_MISMATCH}
     */
    public static Expression call(FunctionRegistry registry, String name, List<Expression> arguments) {
        String key = name.toLowerCase(Locale.ROOT);
        String form = FORMS.get(key);
        return form == null ? function(registry, key, arguments) : form(registry, form, key, arguments);
    }

    private static Expression function(FunctionRegistry registry, String name, List<Expression> arguments) {
        CalledName called = registry.called(name);
        Call rounding = DecimalRounding.of(called, arguments);
        if (rounding != null) {
            return rounding;
        }
        ResolvedFunction resolved =
                registry.resolve(name, arguments.stream().map(Expression::type).toList());
        if (called.tried() && CASTS.contains(called.function()) && arguments.size() == 1) {
            DataType type = resolved.result();
            return arguments.get(0).type().equals(type) ? arguments.get(0) : new Cast(arguments.get(0), type, true);
        }
        List<Expression> cast = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            cast.add(Cast.of(arguments.get(i), resolved.parameters().get(i)));
        }
        return new Call(resolved, cast);
    }

    private static Expression form(FunctionRegistry registry, String form, String name, List<Expression> args) {
        return switch (form) {
            case "and", "or" -> logic(form, args);
            case "not" -> new Not(bool(one(name, args)));
            case "if" -> {
                Expression.requireCount(name, args, 3);
                List<Expression> values = unify(name, args.subList(1, 3));
                yield CaseWhen.ifThen(bool(args.get(0)), values.get(0), values.get(1));
            }
            case "coalesce" -> new Coalesce(unify(name, args));
            case "ifnull" -> new Coalesce(unify(name, Expression.requireCount(name, args, 2)));
            case "nvl2" -> {
                Expression.requireCount(name, args, 3);
                List<Expression> values = unify(name, args.subList(1, 3));
                yield CaseWhen.ifThen(new IsNull(args.get(0)), values.get(1), values.get(0));
            }
            case "nullif" -> {
                Expression.requireCount(name, args, 2);
                Expression first = args.get(0);
                yield CaseWhen.ifThen(function(registry, "=", args), Literal.ofNull(first.type()), first);
            }
            case "isnull" -> new IsNull(one(name, args));
            case "isnotnull" -> new Not(new IsNull(one(name, args)));
            case "<=>" -> nullSafeEqual(registry, Expression.requireCount(name, args, 2));
            case "between" -> {
                Expression.requireCount(name, args, 3);
                yield new And(
                        function(registry, ">=", List.of(args.get(0), args.get(1))),
                        function(registry, "<=", List.of(args.get(0), args.get(2))));
            }
            case "in" -> {
                List<Expression> unified = unify(name, args);
                yield new In(unified.get(0), unified.subList(1, unified.size()));
            }
            case "concat", "greatest", "least" -> fold(registry, form, args);
            case "concat_ws" -> concatWithSeparator(registry, args);
            case "window" -> window(args);
            case "window_time" -> windowTime(registry, one(name, args));
            case "struct" -> {
                List<String> names = new ArrayList<>();
                for (int i = 1; i <= args.size(); i++) {
                    names.add("col" + i);
                }
                yield new MakeStruct(names, args);
            }
            case "named_struct" -> namedStruct(args);
            case "date_part" -> TimeParts.of(Expression.requireCount(name, args, 2));
            case "hash", "xxhash64" -> hash(registry, form, args);
            case "current_timestamp" -> {
                Expression.requireCount(name, args, 0);
                yield new CurrentTimestamp();
            }
            case "current_date" -> {
                Expression.requireCount(name, args, 0);
                yield Cast.of(new CurrentTimestamp(), DataType.DATE);
            }
            default -> throw ErrorCode.INTERNAL.error("the form " + form + " has no case");
        };
    }

    private static Expression one(String name, List<Expression> args) {
        return Expression.requireCount(name, args, 1).get(0);
    }

    private static Expression bool(Expression expression) {
        return expression.type() == DataType.NULL ? Literal.ofNull(DataType.BOOLEAN) : expression;
    }

    private static Expression logic(String name, List<Expression> args) {
        if (args.isEmpty()) {
            throw ErrorCode.TYPE_MISMATCH.error(name + " needs arguments");
        }
        Expression result = bool(args.get(0));
        for (Expression next : args.subList(1, args.size())) {
            result = name.equals("and") ? new And(result, bool(next)) : new Or(result, bool(next));
        }
        return result;
    }

    private static Expression nullSafeEqual(FunctionRegistry registry, List<Expression> args) {
        Expression equal = function(registry, "=", args);
        Expression left = args.get(0);
        Expression right = args.get(1);
        return new CaseWhen(
                List.of(
                        new CaseWhen.Branch(new IsNull(left), new IsNull(right)),
                        new CaseWhen.Branch(new IsNull(right), Literal.FALSE)),
                new Coalesce(List.of(equal, Literal.FALSE)));
    }

    private static Expression fold(FunctionRegistry registry, String name, List<Expression> args) {
        if (args.isEmpty() || (args.size() == 1 && !name.equals("concat"))) {
            throw ErrorCode.TYPE_MISMATCH.error(name + " needs more arguments");
        }
        List<Expression> unified = args;
        if (name.equals("concat")) {
            unified = args.stream().map(a -> Cast.of(a, DataType.STRING)).toList();
        } else {
            unified = unify(name, args);
        }
        Expression result = unified.get(0);
        for (Expression next : unified.subList(1, unified.size())) {
            result = function(registry, name, List.of(result, next));
        }
        return result;
    }

    private static Expression concatWithSeparator(FunctionRegistry registry, List<Expression> args) {
        if (args.isEmpty()) {
            throw ErrorCode.TYPE_MISMATCH.error("concat_ws needs a separator");
        }
        Expression separator = Cast.of(args.get(0), DataType.STRING);
        Expression result = Literal.ofNull(DataType.STRING);
        for (Expression next : args.subList(1, args.size())) {
            result = function(registry, "concat_ws", List.of(separator, result, Cast.of(next, DataType.STRING)));
        }
        return CaseWhen.ifThen(
                new IsNull(separator),
                Literal.ofNull(DataType.STRING),
                new Coalesce(List.of(result, new Literal("", DataType.STRING))));
    }

    private static Expression hash(FunctionRegistry registry, String name, List<Expression> args) {
        Expression result = new Literal(42L, DataType.BIGINT);
        for (Expression arg : args) {
            result = new Coalesce(List.of(function(registry, "hash_next", List.of(result, arg)), result));
        }
        return name.equals("hash") ? function(registry, "hash_int", List.of(result)) : result;
    }

    private static Expression namedStruct(List<Expression> args) {
        List<String> names = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        for (int i = 0; i + 1 < args.size(); i += 2) {
            if (!(args.get(i) instanceof Literal literal && literal.value() instanceof String fieldName)) {
                throw ErrorCode.TYPE_MISMATCH.error(
                        "named_struct needs a constant text for each name, not " + args.get(i));
            }
            names.add(fieldName);
            values.add(args.get(i + 1));
        }
        if (args.size() % 2 != 0) {
            throw ErrorCode.TYPE_MISMATCH.error("named_struct needs a value for each name");
        }
        return new MakeStruct(names, values);
    }

    private static Expression window(List<Expression> args) {
        if (args.size() < 2 || args.size() > 4) {
            throw ErrorCode.TYPE_MISMATCH.error("window(time, size[, slide[, start]]) has 2 to 4 arguments");
        }
        long size = micros(args.get(1));
        long slide = args.size() > 2 ? micros(args.get(2)) : size;
        long start = args.size() > 3 ? micros(args.get(3)) : 0;
        Expression time = args.get(0);
        if (time.type() instanceof StructType) {
            time = windowTime(FunctionRegistry.builtin(), time);
        } else if (!time.type().isTimestamp()) {
            time = Cast.of(time, DataType.TIMESTAMP);
        }
        return new Window(time, size, slide, start);
    }

    private static long micros(Expression expression) {
        if (expression instanceof Literal literal) {
            if (literal.value() instanceof String text) {
                return Intervals.micros(text);
            }
            if (literal.type() == DataType.INTERVAL_DAY_TIME && literal.value() instanceof Long micros) {
                return micros;
            }
        }
        throw ErrorCode.TYPE_MISMATCH.error("window() needs a constant interval like '5 minutes', not " + expression);
    }

    private static Expression windowTime(FunctionRegistry registry, Expression window) {
        return function(registry, "window_time", List.of(FieldAccess.of(window, "end")));
    }

    /**
     * The expressions cast to the one type they have in common.
     *
     * @param place what needs them to agree, for the message of {@code TYPE_MISMATCH}
     */
    public static List<Expression> unify(String place, List<Expression> expressions) {
        DataType common = DataType.NULL;
        for (Expression expression : expressions) {
            DataType merged = TypeCoercion.common(common, expression.type());
            if (merged == null) {
                throw ErrorCode.TYPE_MISMATCH.error(place + " needs values of one type, but has " + common.sql()
                        + " and " + expression.type().sql());
            }
            common = merged;
        }
        DataType type = common;
        return expressions.stream().map(e -> Cast.of(e, type)).toList();
    }

    /** CASE with values of differing types, which are unified; a missing ELSE is null. */
    public static Expression caseWhen(List<Expression> conditions, List<Expression> values, Expression otherwise) {
        List<Expression> all = new ArrayList<>(values);
        all.add(otherwise);
        List<Expression> unified = unify("CASE", all);
        List<CaseWhen.Branch> branches = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            branches.add(new CaseWhen.Branch(bool(conditions.get(i)), unified.get(i)));
        }
        return new CaseWhen(branches, unified.get(unified.size() - 1));
    }
}
