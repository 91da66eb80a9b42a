package io.rivulet.files;

import io.rivulet.error.ErrorCode;
import io.rivulet.option.Option;
import io.rivulet.option.Options;

/**
 * How CSV text is written: one ASCII byte between fields, one around text that needs it (doubled inside), and the text
 * of a null. An empty field without quotes is null too, whatever {@code nullValue} is; text in quotes
 * is not, except empty text for a type that has no empty value.
 *
 * @param quote the quote byte, or {@link RecordForm#NO_QUOTE}
 */
record DelimitedText(boolean header, byte separator, int quote, String nullValue, LineEnds lineEnds) {
    static final Option<Boolean> HEADER =
            Option.flag("header", false, "Whether the first record of each file holds the column names.");
    static final Option<Character> SEP = new Option<>(
            "sep", "one ASCII character", ',', "What stands between fields; \\t is a tab.", DelimitedText::character);
    static final Option<String> QUOTE = new Option<>(
            "quote",
            "one ASCII character, or empty for none",
            "\"",
            "What encloses text with separators, quotes or line ends; doubled inside.",
            s -> s.isEmpty() ? "" : String.valueOf(character(s)));
    static final Option<String> NULL_VALUE =
            Option.text("nullValue", "", "The text that stands for null, when it is not quoted.");

    static DelimitedText of(Options options) {
        byte separator = (byte) (char) options.get(SEP);
        String quote = options.get(QUOTE);
        int quoteByte = quote.isEmpty() ? RecordForm.NO_QUOTE : quote.charAt(0);
        if (quoteByte == separator) {
            throw ErrorCode.BAD_OPTION.error(
                    "the options 'sep' and 'quote' are both '" + quote + "'; they must differ");
        }
        LineEnds lineEnds = LineEnds.of(options, LineEnds.AT_MOST_TWO);
        if (lineEnds.contains(separator) || lineEnds.contains((byte) quoteByte)) {
            throw ErrorCode.BAD_OPTION.error("option 'lineSep' holds the character of 'sep' or of 'quote'; what ends a"
                    + " record must not be what ends or encloses a field");
        }
        return new DelimitedText(options.get(HEADER), separator, quoteByte, options.get(NULL_VALUE), lineEnds);
    }

    private static char character(String text) {
        String s = text.equals("\\t") ? "\t" : text;
        if (s.length() != 1 || s.charAt(0) > 127 || s.charAt(0) == '\n' || s.charAt(0) == '\r') {
            throw new IllegalArgumentException("not one ASCII character");
        }
        return s.charAt(0);
    }
}
