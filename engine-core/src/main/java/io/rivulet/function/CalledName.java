package io.rivulet.function;

import java.util.Locale;
import java.util.function.Predicate;

/**
 * The name of a function as a query calls it, taken apart: {@code try_} in front of a function's name calls that
 * function and turns errors of the data into null. A function that is itself named so comes first.
 *
 * @param function the name of the function, in lower case
 * @param tried whether errors of the data give null
 */
public record CalledName(String function, boolean tried) {
    /** What stands in front of the name of a function that is tried. */
    public static final String TRY = "try_";

    static CalledName of(String name, Predicate<String> isFunction) {
        String key = name.toLowerCase(Locale.ROOT);
        boolean tried = key.startsWith(TRY) && !isFunction.test(key) && isFunction.test(key.substring(TRY.length()));
        return new CalledName(tried ? key.substring(TRY.length()) : key, tried);
    }

    /** The name as it was called, in lower case. */
    @Override
    public String toString() {
        return tried ? TRY + function : function;
    }
}
