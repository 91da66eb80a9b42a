package io.rivulet.expression;

/** How expressions are run. */
public enum EvaluationMode {
    /** Column by column, without generated code. */
    INTERPRETED,
    /** By generated code, compiled before the first batch. */
    COMPILED,
    /** Interpreted until a background thread has compiled the code, then by the code; results are the same. */
    AUTO
}
