package io.rivulet.files;

import io.rivulet.error.ErrorCode;
import io.rivulet.option.Option;
import io.rivulet.option.Options;
import io.rivulet.type.DataType;
import io.rivulet.type.PhysicalType;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Patterns for dates and timestamps; null is ISO-8601. */
record ValueFormats(
        @Nullable DateTimeFormatter timestamp, @Nullable DateTimeFormatter date) {
    /** ISO-8601 for both. */
    static final ValueFormats ISO = new ValueFormats(null, null);

    static final Option<String> TIMESTAMP_FORMAT = Option.text(
            "timestampFormat",
            null,
            "Pattern of timestamps, as java.time.format.DateTimeFormatter has it; ISO-8601 when it is not set.");
    static final Option<String> DATE_FORMAT = Option.text(
            "dateFormat",
            null,
            "Pattern of dates, as java.time.format.DateTimeFormatter has it; ISO-8601 when it is not set.");

    static ValueFormats of(Options options) {
        return new ValueFormats(formatter(options, TIMESTAMP_FORMAT), formatter(options, DATE_FORMAT));
    }

    /** Whether values of a type have a text: all but structs, arrays and maps. */
    static boolean isScalar(DataType type) {
        PhysicalType physical = type.physical();
        return physical != PhysicalType.STRUCT && physical != PhysicalType.ARRAY && physical != PhysicalType.MAP;
    }

    private static @Nullable DateTimeFormatter formatter(Options options, Option<String> option) {
        String pattern = options.find(option);
        if (pattern == null) {
            return null;
        }
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            throw ErrorCode.BAD_OPTION.error(
                    "option '" + option.name() + "' cannot be '" + pattern + "': " + e.getMessage(), e);
        }
    }
}
