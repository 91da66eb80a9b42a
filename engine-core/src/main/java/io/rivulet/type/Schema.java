package io.rivulet.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The columns of a row, in order. Names keep the case they were given and are found without regard to case, as Spark
 * does; a schema may hold the same name twice (a join's output does), and then that name finds nothing.
 */
public record Schema(List<Field> fields) {
    /** No columns. */
    public static final Schema EMPTY = new Schema(List.of());

    /** What {@link #indexOf} gives for a name that is not there. */
    public static final int NOT_FOUND = -1;

    /** What {@link #indexOf} gives for a name that is there more than once. */
    public static final int AMBIGUOUS = -2;

    public Schema {
        fields = List.copyOf(fields);
    }

    /** A schema of these fields. */
    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    /** The number of columns. */
    public int size() {
        return fields.size();
    }

    /** The column at an index. */
    public Field field(int index) {
        return fields.get(index);
    }

    /** The type of the column at an index. */
    public DataType type(int index) {
        return fields.get(index).type();
    }

    /** The names, in order. */
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** The index of a column, {@link #NOT_FOUND} or {@link #AMBIGUOUS}. */
    public int indexOf(String name) {
        int found = NOT_FOUND;
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                if (found >= 0) {
                    return AMBIGUOUS;
                }
                found = i;
            }
        }
        return found;
    }

    /** A copy with these columns only, in this order. */
    public Schema select(int... indices) {
        List<Field> selected = new ArrayList<>(indices.length);
        for (int index : indices) {
            selected.add(fields.get(index));
        }
        return new Schema(selected);
    }

    /** The schema as DDL, e.g. {@code a INT, b STRING NOT NULL}. */
    public String ddl() {
        return fields.stream().map(Field::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return ddl();
    }
}
