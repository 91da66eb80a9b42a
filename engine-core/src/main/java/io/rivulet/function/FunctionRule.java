package io.rivulet.function;

import io.rivulet.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses a function whose result type follows from its argument types by a rule, which no signature can say. */
@FunctionalInterface
interface FunctionRule {
    /** The function for these types, or null when the rule does not cover them. */
    @Nullable
    ResolvedFunction resolve(String name, List<DataType> arguments);
}
