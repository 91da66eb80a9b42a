package io.rivulet.expression.codegen;

/**
 * Java text for a value in generated code: both parts can be repeated freely.
 *
 * @param code the value; arbitrary where it is null
 * @param isNull a boolean: {@code false} when it is known not to be null, {@code true} when known to be
 */
record Value(String code, String isNull) {
    static Value present(String code) {
        return new Value(code, "false");
    }

    boolean neverNull() {
        return isNull.equals("false");
    }
}
