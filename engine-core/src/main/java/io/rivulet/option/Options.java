package io.rivulet.option;

import io.rivulet.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Option values, validated against the options they may be. Names are found without regard to case. Immutable. */
public final class Options {
    private final Map<Option<?>, Object> values;

    private Options(Map<Option<?>, Object> values) {
        this.values = values;
    }

    /**
     * Reads texts as the declared options.
     *
     * @param where whose options these are, for messages, e.g. {@code "csv source"}
     * @throws io.rivulet.error.RivuletException UNKNOWN_OPTION with the nearest known name, or BAD_OPTION
     */
    public static Options parse(String where, List<Option<?>> declared, Map<String, String> texts) {
        Map<Option<?>, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Option<?> option = find(declared, text.getKey());
            if (option == null) {
                List<String> names =
                        new ArrayList<>(declared.stream().map(Option::name).toList());
                throw ErrorCode.UNKNOWN_OPTION.error("the " + where + " has no option '" + text.getKey() + "'"
                        + Names.didYouMean(text.getKey(), names) + " It knows " + names);
            }
            values.put(option, option.parse(text.getValue()));
        }
        return new Options(values);
    }

    private static @Nullable Option<?> find(List<Option<?>> declared, String name) {
        for (Option<?> option : declared) {
            if (option.name().equalsIgnoreCase(name)) {
                return option;
            }
        }
        return null;
    }

    /** The value of an option that has a default or must be set; {@code BAD_OPTION} when it is neither. */
    public <T> T get(Option<T> option) {
        T value = find(option);
        if (value == null) {
            throw ErrorCode.BAD_OPTION.error("option '" + option.name() + "' must be set: " + option.description());
        }
        return value;
    }

    /** The value of an option, its default, or null. */
    @SuppressWarnings("unchecked") // values are put with the type their option parses to
    public <T> @Nullable T find(Option<T> option) {
        Object value = values.get(option);
        return value == null ? option.defaultValue() : (T) value;
    }

    /** Whether the option was set. */
    public boolean isSet(Option<?> option) {
        return values.containsKey(option);
    }
}
