package io.rivulet.state;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;

/**
 * A column of a state table. Key columns may be nullable; value columns never are (an accumulator that can be empty
 * says so in a column of its own).
 *
 * @param initial the bits of the value a new row starts with; 0 for bytes (the empty value). Of a key column, 0, or
 *     {@link #WITHIN} when it does not decide the partition of a row
 */
public record StateColumn(String name, DataType type, boolean nullable, long initial) {
    /** Marks a key column that tells the rows of one partition's group apart. */
    public static final long WITHIN = 1;

    public StateColumn {
        switch (type.physical()) {
            case NULL, ARRAY, MAP, STRUCT ->
                throw ErrorCode.UNSUPPORTED_OPERATION.error(
                        "the state column '" + name + "' cannot be of type " + type.sql() + "; use its parts instead");
            default -> {}
        }
    }

    /** A key column. */
    public static StateColumn key(String name, DataType type, boolean nullable) {
        return new StateColumn(name, type, nullable, 0);
    }

    /** A key column that tells rows of one group apart: rows are spread over partitions by the key columns before it. */
    public static StateColumn within(String name, DataType type, boolean nullable) {
        return new StateColumn(name, type, nullable, WITHIN);
    }

    /** A value column that starts with these bits: a long as it is, a double as its raw bits. */
    public static StateColumn value(String name, DataType type, long initial) {
        return new StateColumn(name, type, false, initial);
    }
}
