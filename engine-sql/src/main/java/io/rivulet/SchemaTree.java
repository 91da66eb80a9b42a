package io.rivulet;

import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.MapType;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.util.Locale;

/** A schema as the tree that Spark's users know. */
final class SchemaTree {
    private SchemaTree() {}

    static String of(Schema schema) {
        StringBuilder text = new StringBuilder("root\n");
        fields(schema, " |", text);
        return text.toString();
    }

    private static void fields(Schema schema, String indent, StringBuilder text) {
        for (Field field : schema.fields()) {
            text.append(indent).append("-- ").append(field.name()).append(": ").append(name(field.type()));
            text.append(" (nullable = ").append(field.nullable()).append(")\n");
            below(field.type(), indent + "    |", text);
        }
    }

    private static void below(DataType type, String indent, StringBuilder text) {
        if (type instanceof StructType struct) {
            fields(struct.schema(), indent, text);
        } else if (type instanceof ArrayType array) {
            element("element", array.element(), indent, text);
        } else if (type instanceof MapType map) {
            element("key", map.key(), indent, text);
            element("value", map.value(), indent, text);
        }
    }

    private static void element(String what, DataType type, String indent, StringBuilder text) {
        text.append(indent)
                .append("-- ")
                .append(what)
                .append(": ")
                .append(name(type))
                .append('\n');
        below(type, indent + "    |", text);
    }

    private static String name(DataType type) {
        if (type instanceof StructType) {
            return "struct";
        }
        if (type instanceof ArrayType) {
            return "array";
        }
        return type instanceof MapType ? "map" : type.sql().toLowerCase(Locale.ROOT);
    }
}
