package io.rivulet.function;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public static method of a public class a SQL function. Types come from the signature: {@code boolean, byte,
 * short, int, long, float, double} (and their boxes, where null is allowed) are BOOLEAN, TINYINT … DOUBLE, {@link Utf8}
 * and {@code String} are STRING, {@code BigDecimal} is a DECIMAL; {@link As} names another type with the same
 * representation, e.g. {@code @As(TIMESTAMP) long}. A last parameter of type {@link FunctionContext} is filled in by the
 * engine. Methods of one name are overloads.
 *
 * <p>A {@link Utf8} argument is a view that is valid during the call only; a {@code String} is made for every row, which
 * is fine for functions that are not called in hot loops.
 *
 * <pre>{@code
 * @ScalarFunction(name = "fahrenheit")
 * public static double fahrenheit(double celsius) {
 *     return celsius * 1.8 + 32;
 * }
 * }</pre>
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ScalarFunction {
    /** The SQL names, without regard to case. */
    String[] name();

    /** What it does about nulls. */
    NullRule nulls() default NullRule.PROPAGATE;

    /** Whether the same arguments always give the same result. */
    boolean deterministic() default true;
}
