package io.rivulet.option;

import io.rivulet.error.ErrorCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One option: its name, how its text is read, its default and what it is for. The reference page is made from these.
 *
 * @param form what a value looks like, for the reference page and error messages, e.g. {@code true|false}
 * @param defaultValue what {@link Options#get} gives when the option is not set; null when there is no default
 * @param <T> the type of the value
 */
public record Option<T>(
        String name, String form, @Nullable T defaultValue, String description, Function<String, T> parser) {

    /** A text option. */
    public static Option<String> text(String name, @Nullable String defaultValue, String description) {
        return new Option<>(name, "text", defaultValue, description, s -> s);
    }

    /** A yes-or-no option. */
    public static Option<Boolean> flag(String name, boolean defaultValue, String description) {
        return new Option<>(name, "true|false", defaultValue, description, s -> switch (s.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        });
    }

    /** A whole number of at least {@code least}. */
    public static Option<Long> count(String name, @Nullable Long defaultValue, long least, String description) {
        return count(name, defaultValue, least, Long.MAX_VALUE, description);
    }

    /** A whole number from {@code least} to {@code most}. */
    public static Option<Long> count(
            String name, @Nullable Long defaultValue, long least, long most, String description) {
        String form = most == Long.MAX_VALUE ? "whole number >= " + least : "whole number, " + least + " to " + most;
        return new Option<>(name, form, defaultValue, description, s -> {
            long value = Long.parseLong(s.strip().replace("_", ""));
            if (value < least || value > most) {
                throw new IllegalArgumentException(value < least ? "less than " + least : "more than " + most);
            }
            return value;
        });
    }

    /** A number of bytes, with an optional suffix k, m or g (powers of 1024), behind which a b may stand. */
    public static Option<Long> bytes(String name, @Nullable Long defaultValue, String description) {
        return new Option<>(name, "bytes, e.g. 64m", defaultValue, description, Option::parseBytes);
    }

    /** A duration such as {@code 10 seconds}, {@code 500 ms} or ISO {@code PT10S}. */
    public static Option<Duration> duration(String name, @Nullable Duration defaultValue, String description) {
        return new Option<>(name, "duration, e.g. 10 seconds", defaultValue, description, Durations::parse);
    }

    /** One of the constants of an enum, written in camel case, e.g. {@code failFast} for {@code FAIL_FAST}. */
    public static <E extends Enum<E>> Option<E> choice(String name, E defaultValue, String description) {
        E[] constants = defaultValue.getDeclaringClass().getEnumConstants();
        String form =
                String.join("|", Arrays.stream(constants).map(Option::camelCase).toList());
        return new Option<>(name, form, defaultValue, description, s -> {
            for (E constant : constants) {
                if (camelCase(constant).equalsIgnoreCase(s.strip())) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("none of " + form);
        });
    }

    private static String camelCase(Enum<?> constant) {
        String[] words = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return name.toString();
    }

    private static long parseBytes(String text) {
        String given = text.strip().toLowerCase(Locale.ROOT).replace("_", "");
        String s = given.endsWith("b") ? given.substring(0, given.length() - 1).strip() : given;
        int shift = switch (s.isEmpty() ? ' ' : s.charAt(s.length() - 1)) {
            case 'k' -> 10;
            case 'm' -> 20;
            case 'g' -> 30;
            default -> 0;
        };
        long value =
                Long.parseLong(shift == 0 ? s : s.substring(0, s.length() - 1).strip());
        if (value <= 0) {
            throw new IllegalArgumentException("not positive");
        }
        return Math.multiplyExact(value, 1L << shift);
    }

    /** The value of a text, or {@code BAD_OPTION} naming the option, the text and the form. */
    public T parse(String text) {
        try {
            return parser.apply(text);
        } catch (RuntimeException e) {
            String why = e instanceof NumberFormatException ? "no whole number" : e.getMessage();
            throw ErrorCode.BAD_OPTION.error(
                    "option '" + name + "' cannot be '" + text + "' (" + why + "); it takes " + form, e);
        }
    }
}
