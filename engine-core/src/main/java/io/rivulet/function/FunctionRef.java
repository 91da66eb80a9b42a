package io.rivulet.function;

/**
 * Names a function or processor of the user in a plan, which is pure data; {@link Bindings} hold the object.
 *
 * @param id unique within the query; two functions with one id are taken to be the same
 */
public record FunctionRef(String id) {
    @Override
    public String toString() {
        return id;
    }
}
