package io.rivulet.function;

/** What a function does about nulls. */
public enum NullRule {
    /** Null when an argument is null (the method is not called then), and only then. */
    PROPAGATE,
    /** Null when an argument is null (the method is not called then); the method may give null as well. */
    NULL_RESULT,
    /** The method is called whatever is null: parameters and result are reference types, null standing for null. */
    CALLED
}
