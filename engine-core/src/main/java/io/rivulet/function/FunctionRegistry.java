package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.SimpleType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Scalar functions by name and argument types. Immutable. */
public final class FunctionRegistry {
    /** Stands for a DECIMAL parameter, which takes a decimal of any precision. */
    private static final DataType ANY_DECIMAL = new DecimalType(DecimalType.MAX_PRECISION, 18);

    private record Overload(Method method, List<DataType> parameters, DataType result, ScalarFunction declared) {}

    private final Supplier<Map<String, List<Overload>>> scan;
    private final Map<String, FunctionRule> rules;
    private volatile @Nullable Map<String, List<Overload>> scanned;

    private FunctionRegistry(Supplier<Map<String, List<Overload>>> scan, Map<String, FunctionRule> rules) {
        this.scan = scan;
        this.rules = rules;
    }

    // reading the annotations of all built-ins takes some 100 ms, which a query of plain arithmetic need not pay
    private Map<String, List<Overload>> overloads() {
        Map<String, List<Overload>> known = scanned;
        if (known == null) {
            known = scan.get();
            scanned = known;
        }
        return known;
    }

    private static final class Holder {
        static final FunctionRegistry BUILTIN = new FunctionRegistry(
                () -> scan(
                        Map.of(),
                        ArithmeticFunctions.class,
                        MathFunctions.class,
                        RoundingFunctions.class,
                        BitFunctions.class,
                        StringFunctions.class,
                        TextFunctions.class,
                        DateFunctions.class,
                        TimeFunctions.class,
                        IntervalFunctions.class,
                        HashFunctions.class),
                FunctionRules.all());
    }

    /** The built-in functions. */
    public static FunctionRegistry builtin() {
        return Holder.BUILTIN;
    }

    /**
     * These functions and the {@link ScalarFunction} methods of some classes. {@code UNSUPPORTED_OPERATION} for a method
     * that is not public and static or has a type that SQL does not have.
     */
    public FunctionRegistry with(Class<?>... classes) {
        Map<String, List<Overload>> all = scan(overloads(), classes);
        return new FunctionRegistry(() -> all, rules);
    }

    private static Map<String, List<Overload>> scan(Map<String, List<Overload>> known, Class<?>... classes) {
        Map<String, List<Overload>> all = new LinkedHashMap<>(known);
        for (Class<?> owner : classes) {
            for (Method method : owner.getDeclaredMethods()) {
                ScalarFunction declared = method.getAnnotation(ScalarFunction.class);
                if (declared != null) {
                    Overload overload = overload(method, declared);
                    for (String name : declared.name()) {
                        all.merge(name.toLowerCase(Locale.ROOT), List.of(overload), FunctionRegistry::joined);
                    }
                }
            }
        }
        return all;
    }

    private static List<Overload> joined(List<Overload> some, List<Overload> more) {
        List<Overload> joined = new ArrayList<>(some);
        joined.addAll(more);
        // reflection gives methods in no fixed order, and ties must not depend on it
        joined.sort(Comparator.comparing(o -> o.parameters.toString()));
        return joined;
    }

    private static Overload overload(Method method, ScalarFunction declared) {
        int modifiers = method.getModifiers() & method.getDeclaringClass().getModifiers();
        if (!java.lang.reflect.Modifier.isPublic(modifiers)
                || !java.lang.reflect.Modifier.isStatic(method.getModifiers())) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error(
                    "the function method " + method + " must be public and static, in a public class");
        }
        Class<?>[] types = method.getParameterTypes();
        Annotation[][] annotations = method.getParameterAnnotations();
        List<DataType> parameters = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            if (i == types.length - 1 && types[i] == FunctionContext.class) {
                break;
            }
            As as = null;
            for (Annotation annotation : annotations[i]) {
                as = annotation instanceof As found ? found : as;
            }
            parameters.add(typeOf(method, types[i], as));
        }
        return new Overload(
                method, parameters, typeOf(method, method.getReturnType(), method.getAnnotation(As.class)), declared);
    }

    private static DataType typeOf(Method method, Class<?> javaType, @Nullable As as) {
        if (as != null) {
            return as.value();
        }
        DataType type = JAVA_TYPES.get(javaType);
        if (type == null) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error("the function method " + method + " uses "
                    + javaType.getSimpleName() + ", which no SQL type stands for; see ScalarFunction");
        }
        return type;
    }

    private static final Map<Class<?>, DataType> JAVA_TYPES = Map.ofEntries(
            Map.entry(boolean.class, SimpleType.BOOLEAN),
            Map.entry(Boolean.class, SimpleType.BOOLEAN),
            Map.entry(byte.class, SimpleType.TINYINT),
            Map.entry(Byte.class, SimpleType.TINYINT),
            Map.entry(short.class, SimpleType.SMALLINT),
            Map.entry(Short.class, SimpleType.SMALLINT),
            Map.entry(int.class, SimpleType.INT),
            Map.entry(Integer.class, SimpleType.INT),
            Map.entry(long.class, SimpleType.BIGINT),
            Map.entry(Long.class, SimpleType.BIGINT),
            Map.entry(float.class, SimpleType.FLOAT),
            Map.entry(Float.class, SimpleType.FLOAT),
            Map.entry(double.class, SimpleType.DOUBLE),
            Map.entry(Double.class, SimpleType.DOUBLE),
            Map.entry(Utf8.class, SimpleType.STRING),
            Map.entry(String.class, SimpleType.STRING),
            Map.entry(BigDecimal.class, ANY_DECIMAL));

    /** The names of all functions, in order; {@code try_} variants and special forms (case, cast …) not among them. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>(overloads().keySet());
        names.addAll(rules.keySet());
        return List.copyOf(names);
    }

    private record Meaning(
            List<Overload> overloads, @Nullable FunctionRule rule) {}

    /**
     * The {@link #names} by meaning: those of one list are interchangeable for all arguments, and the first is the one
     * that {@link FunctionReference} describes them under. In order of the first names.
     */
    public List<List<String>> synonyms() {
        Map<String, List<Overload>> known = overloads();
        Set<String> names = new LinkedHashSet<>(known.keySet());
        names.addAll(rules.keySet());
        Map<Meaning, List<String>> groups = new HashMap<>();
        for (String name : names) {
            groups.computeIfAbsent(
                            new Meaning(known.getOrDefault(name, List.of()), rules.get(name)), m -> new ArrayList<>())
                    .add(name);
        }
        List<List<String>> synonyms = new ArrayList<>(groups.values());
        synonyms.sort(Comparator.comparing(group -> group.get(0)));
        return synonyms;
    }

    /** Whether there is a function of this name. */
    public boolean contains(String name) {
        return isFunction(called(name).function());
    }

    private boolean isFunction(String key) {
        return rules.containsKey(key) || overloads().containsKey(key);
    }

    /** A name taken apart; one that no function has is left whole. */
    public CalledName called(String name) {
        return CalledName.of(name, this::isFunction);
    }

    /**
     * The function for a call. Its {@link ResolvedFunction#parameters} are the types the arguments must be cast to. A
     * name with {@code try_} in front is the function without it whose data errors give null.
     *
     * @throws RivuletException {@code UNKNOWN_FUNCTION} naming near ones, {@code TYPE_MISMATCH} naming the signatures
     */
    public ResolvedFunction resolve(String name, List<DataType> arguments) {
        CalledName called = called(name);
        if (called.tried()) {
            return resolve(called.function(), arguments).asTry();
        }
        String key = called.function();
        FunctionRule rule = rules.get(key);
        if (rule != null) {
            ResolvedFunction resolved = rule.resolve(key, arguments);
            if (resolved != null) {
                return resolved;
            }
        }
        List<Overload> candidates = overloads().get(key);
        if (candidates == null && rule == null) {
            throw ErrorCode.UNKNOWN_FUNCTION.error(
                    "there is no function '" + name + "'; did you mean " + String.join(", ", nearest(key)) + "?");
        }
        List<Overload> known = candidates == null ? List.of() : candidates;
        Overload best = cheapest(known, arguments);
        if (best == null) {
            String signatures =
                    known.stream().map(o -> signature(key, o.parameters)).collect(Collectors.joining(", "));
            throw ErrorCode.TYPE_MISMATCH.error("no function " + signature(key, arguments) + "; there is "
                    + (signatures.isEmpty() ? key + " for arguments of one comparable or numeric type" : signatures));
        }
        List<DataType> parameters = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            DataType parameter = best.parameters.get(i);
            DataType argument = arguments.get(i);
            parameters.add(
                    parameter.equals(ANY_DECIMAL) && argument.isNumeric() ? TypeCoercion.decimal(argument) : parameter);
        }
        ScalarFunction declared = best.declared;
        return new ResolvedFunction(
                key,
                best.method,
                parameters,
                best.result,
                declared.nulls(),
                declared.deterministic(),
                List.of(),
                false);
    }

    /**
     * {@code round}, {@code bround}, {@code ceil} or {@code floor} of a decimal to so many digits behind the point, or
     * before it when negative: the result's type has only those digits, and one more before the point. It takes the
     * decimal and the digits, an INT.
     */
    public static ResolvedFunction rounding(String name, DecimalType type, int digits) {
        return FunctionRules.rounding(name.toLowerCase(Locale.ROOT), type, digits);
    }

    private static @Nullable Overload cheapest(List<Overload> candidates, List<DataType> arguments) {
        Overload best = null;
        int least = Integer.MAX_VALUE;
        for (Overload candidate : candidates) {
            int cost = cost(candidate.parameters, arguments);
            if (cost >= 0 && cost < least) {
                best = candidate;
                least = cost;
            }
        }
        return best;
    }

    private static int cost(List<DataType> parameters, List<DataType> arguments) {
        if (parameters.size() != arguments.size()) {
            return TypeCoercion.IMPOSSIBLE;
        }
        int sum = 0;
        for (int i = 0; i < parameters.size(); i++) {
            DataType parameter = parameters.get(i);
            DataType argument = arguments.get(i);
            int cost;
            if (parameter.equals(ANY_DECIMAL)) {
                cost = argument instanceof DecimalType || argument == DataType.NULL
                        ? 0
                        : argument.isIntegral() ? 6 : TypeCoercion.IMPOSSIBLE;
            } else {
                cost = TypeCoercion.cost(argument, parameter);
            }
            if (cost < 0) {
                return TypeCoercion.IMPOSSIBLE;
            }
            sum += cost;
        }
        return sum;
    }

    static String signature(String name, List<DataType> types) {
        return types.stream()
                .map(t -> t.equals(ANY_DECIMAL) ? "DECIMAL" : t.sql())
                .collect(Collectors.joining(", ", name + "(", ")"));
    }

    private List<String> nearest(String name) {
        List<String> names = new ArrayList<>(names());
        names.removeIf(n -> !Character.isLetter(n.charAt(0)));
        names.sort(Comparator.comparingInt(n -> distance(name, n)));
        return names.isEmpty() ? Collections.emptyList() : names.subList(0, Math.min(3, names.size()));
    }

    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
