package io.rivulet.type;

/** A named, typed column. {@code nullable} false is a promise that kernels rely on. */
public record Field(String name, DataType type, boolean nullable) {
    /** A nullable field. */
    public static Field of(String name, DataType type) {
        return new Field(name, type, true);
    }

    /** A field that never holds null. */
    public static Field required(String name, DataType type) {
        return new Field(name, type, false);
    }

    @Override
    public String toString() {
        return name + " " + type.sql() + (nullable ? "" : " NOT NULL");
    }
}
