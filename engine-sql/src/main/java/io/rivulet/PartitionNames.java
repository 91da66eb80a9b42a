package io.rivulet;

import io.rivulet.error.ErrorCode;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Names of partition columns as the option of the file sinks takes them. */
final class PartitionNames {
    static final String OPTION = "partitionBy";

    private PartitionNames() {}

    /** The names separated by commas; those that hold one are in backticks. */
    static String join(String... columns) {
        return Arrays.stream(columns).map(PartitionNames::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String name) {
        if (name.isBlank() || name.indexOf('`') >= 0) {
            throw ErrorCode.BAD_OPTION.error("'" + name + "' cannot be a partition column; rename it with as(…)");
        }
        return name.indexOf(',') < 0 ? name : '`' + name + '`';
    }
}
