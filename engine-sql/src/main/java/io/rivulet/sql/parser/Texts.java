package io.rivulet.sql.parser;

/** What stands between quotes. */
final class Texts {
    private Texts() {}

    /**
     * The text of a quoted literal: doubled quotes are one, and backslashes escape as in Java, {@code \\%} staying for
     * LIKE. After an {@code r} in front everything is as it stands.
     */
    static String unquote(String literal) {
        if (literal.charAt(0) == 'r' || literal.charAt(0) == 'R') {
            return literal.substring(2, literal.length() - 1);
        }
        char quote = literal.charAt(0);
        StringBuilder text = new StringBuilder(literal.length());
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c == quote) {
                i++;
                text.append(quote);
            } else if (c == '\\') {
                i = escape(literal, i + 1, text);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** Appends what an escape stands for; the index of its last character. */
    private static int escape(String literal, int at, StringBuilder text) {
        char c = literal.charAt(at);
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'b' -> text.append('\b');
            case '0' -> text.append('\0');
            case 'Z' -> text.append('\u001A');
            case 'u', 'U' -> {
                int digits = c == 'u' ? 4 : 8;
                int end = at + 1 + digits;
                if (end < literal.length() && isCodePoint(literal.substring(at + 1, end))) {
                    text.appendCodePoint(Integer.parseInt(literal.substring(at + 1, end), 16));
                    return end - 1;
                }
                text.append(c);
            }
            case '%', '_' -> text.append('\\').append(c);
            default -> text.append(c);
        }
        return at;
    }

    private static boolean isCodePoint(String digits) {
        return digits.matches("[0-9a-fA-F]+")
                && Character.isValidCodePoint((int) Math.min(Long.parseLong(digits, 16), Integer.MAX_VALUE));
    }
}
