package io.rivulet.expression;

import io.rivulet.expression.codegen.ExpressionCompiler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The kernel that runs an expression set at the moment: interpreted until generated code is there, if it is wanted. */
final class KernelSwitch {
    private @Nullable Kernel kernel;
    private final @Nullable Expression condition;
    private final List<Expression> outputs;
    private final EvaluationContext context;
    private @Nullable CompletableFuture<@Nullable Kernel> compiling;
    private boolean compiled;

    KernelSwitch(@Nullable Expression condition, List<Expression> outputs, EvaluationContext context) {
        this.condition = condition;
        this.outputs = outputs;
        this.context = context;
        boolean nothing = condition == null && outputs.isEmpty();
        if (nothing
                || context.mode() == EvaluationMode.INTERPRETED
                || !ExpressionCompiler.supports(condition, outputs)) {
            compiled = nothing;
        } else if (context.mode() == EvaluationMode.COMPILED || ExpressionCompiler.isLoaded()) {
            kernel = ExpressionCompiler.compile(condition, outputs, context);
            compiled = kernel != null;
        } else {
            compiling = ExpressionCompiler.inBackground(condition, outputs, context);
        }
    }

    /** The kernel to use for the next batch. */
    Kernel current() {
        if (compiling != null && compiling.isDone()) {
            Kernel made = compiling.join();
            compiling = null;
            if (made != null) {
                kernel = made;
                compiled = true;
            }
        }
        if (kernel == null) {
            kernel = new Interpreter(condition, outputs, context);
        }
        return kernel;
    }

    boolean compiled() {
        current();
        return compiled;
    }
}
