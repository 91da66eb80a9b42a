package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import java.util.Map;

/** The live objects that a query's {@link FunctionRef}s stand for: lambdas in this process. Immutable. */
public final class Bindings {
    /** No objects. */
    public static final Bindings EMPTY = new Bindings(Map.of());

    private final Map<String, Object> objects;

    private Bindings(Map<String, Object> objects) {
        this.objects = Map.copyOf(objects);
    }

    /** Bindings of ids to objects (copied). */
    public static Bindings of(Map<String, ?> objects) {
        return new Bindings(Map.copyOf(objects));
    }

    /** The object of a reference; {@code INTERNAL} when there is none, or one of another kind. */
    public <T> T resolve(FunctionRef ref, Class<T> kind) {
        Object object = objects.get(ref.id());
        if (!kind.isInstance(object)) {
            throw ErrorCode.INTERNAL.error("the plan names the user function '" + ref + "', which is bound to "
                    + (object == null ? "nothing" : object.getClass().getName()) + " and not to a " + kind.getName());
        }
        return kind.cast(object);
    }

    /** All of them, by id. */
    public Map<String, Object> objects() {
        return objects;
    }
}
