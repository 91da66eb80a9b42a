package io.rivulet.expression.codegen;

import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Call;
import io.rivulet.expression.EvaluationContext;
import io.rivulet.expression.Expression;
import io.rivulet.expression.Kernel;
import io.rivulet.function.UserFunction;
import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.codehaus.janino.SimpleCompiler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns expression sets into classes. A class is made once for equal expressions and shared by all queries; kernels are
 * instances of it. Loading the compiler costs a quarter of a second once in a JVM, which {@link #inBackground} keeps off
 * the first batches. Safe for several threads.
 */
public final class ExpressionCompiler {
    private static final Logger LOG = LoggerFactory.getLogger(ExpressionCompiler.class);
    private static final int CACHED_CLASSES = 512;

    private record Key(@Nullable Expression condition, List<Expression> outputs) {}

    private record Program(
            Constructor<?> constructor,
            List<Object> constants,
            List<Expression> inputs,
            List<io.rivulet.function.FunctionRef> functions) {}

    private static final Map<Key, Program> PROGRAMS = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Program> eldest) {
            return size() > CACHED_CLASSES;
        }
    };

    private static final AtomicLong COMPILED = new AtomicLong();
    private static final AtomicLong FAILED = new AtomicLong();
    private static volatile boolean loaded;

    private static final class Background {
        static final ExecutorService THREAD = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "rivulet-expression-compiler");
            thread.setDaemon(true);
            return thread;
        });
    }

    private ExpressionCompiler() {}

    /** Whether generated code can compute these at all; structs, arrays and maps it cannot. */
    public static boolean supports(@Nullable Expression condition, List<Expression> outputs) {
        return (condition == null || KernelParts.supports(condition))
                && outputs.stream().allMatch(KernelParts::supports);
    }

    /** Whether the compiler has been used in this JVM, so that a class costs a few milliseconds only. */
    public static boolean isLoaded() {
        return loaded;
    }

    /** Classes made so far. */
    public static long compiledClasses() {
        return COMPILED.get();
    }

    /** Expression sets that could not be compiled and stay interpreted. */
    public static long failures() {
        return FAILED.get();
    }

    /** The source for an expression set, as {@code explain("codegen")} shows it. */
    public static String source(@Nullable Expression condition, List<Expression> outputs) {
        return new KernelSource(condition, outputs).write();
    }

    /** A kernel of its own class, or null when compiling fails, which is counted and logged. */
    public static @Nullable Kernel compile(
            @Nullable Expression condition, List<Expression> outputs, EvaluationContext context) {
        Program program = program(condition, outputs);
        if (program == null) {
            return null;
        }
        UserFunction[] functions = program.functions.stream()
                .map(f -> context.bindings().resolve(f, UserFunction.class))
                .toArray(UserFunction[]::new);
        try {
            CompiledKernel kernel = (CompiledKernel)
                    program.constructor.newInstance(program.constants.toArray(), context.functions(), functions);
            return new CompiledRunner(kernel, program.inputs, context);
        } catch (ReflectiveOperationException e) {
            throw ErrorCode.INTERNAL.error("a generated class cannot be used: " + e, e);
        }
    }

    /** As {@link #compile}, by the compiler's own thread. */
    public static CompletableFuture<@Nullable Kernel> inBackground(
            @Nullable Expression condition, List<Expression> outputs, EvaluationContext context) {
        return CompletableFuture.supplyAsync(() -> compile(condition, outputs, context), Background.THREAD);
    }

    private static @Nullable Program program(@Nullable Expression condition, List<Expression> outputs) {
        Key key = new Key(condition, outputs);
        synchronized (PROGRAMS) {
            Program known = PROGRAMS.get(key);
            if (known != null) {
                return known;
            }
        }
        Program made = null;
        String source = "";
        try {
            KernelSource writer = new KernelSource(condition, outputs);
            source = writer.write();
            SimpleCompiler compiler = new SimpleCompiler();
            compiler.setParentClassLoader(loader(condition, outputs));
            compiler.cook(source);
            Constructor<?> constructor =
                    compiler.getClassLoader().loadClass(KernelSource.CLASS_NAME).getConstructors()[0];
            KernelParts parts = writer.parts();
            made = new Program(constructor, parts.constants(), parts.inputs(), parts.functions());
            COMPILED.incrementAndGet();
        } catch (Exception | LinkageError | StackOverflowError e) {
            FAILED.incrementAndGet();
            LOG.warn(
                    "Expressions {} (condition {}) stay interpreted, because they could not be compiled",
                    outputs,
                    condition,
                    e);
            LOG.debug("Generated source:\n{}", source);
        }
        loaded = true;
        if (made != null) {
            synchronized (PROGRAMS) {
                PROGRAMS.put(key, made);
            }
        }
        return made;
    }

    /** The class loader that sees the engine and the users' functions. */
    private static ClassLoader loader(@Nullable Expression condition, List<Expression> outputs) {
        ClassLoader own = ExpressionCompiler.class.getClassLoader();
        ClassLoader found = condition == null ? own : loader(condition, own);
        for (Expression output : outputs) {
            found = loader(output, found);
        }
        return found;
    }

    private static ClassLoader loader(Expression expression, ClassLoader found) {
        ClassLoader seen = found;
        if (expression instanceof Call call) {
            ClassLoader owner = call.function().method().getDeclaringClass().getClassLoader();
            if (owner != null && owner != ExpressionCompiler.class.getClassLoader()) {
                seen = owner;
            }
        }
        for (Expression child : expression.children()) {
            seen = loader(child, seen);
        }
        return seen;
    }
}
