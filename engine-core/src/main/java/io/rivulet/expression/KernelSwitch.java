package io.rivulet.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kernel that runs an expression set at the moment. */
final class KernelSwitch {
    private final Kernel kernel;

    KernelSwitch(@Nullable Expression condition, List<Expression> outputs, EvaluationContext context) {
        kernel = new Interpreter(condition, outputs, context);
    }

    /** The kernel to use for the next batch. */
    Kernel current() {
        return kernel;
    }

    boolean compiled() {
        return false;
    }
}
