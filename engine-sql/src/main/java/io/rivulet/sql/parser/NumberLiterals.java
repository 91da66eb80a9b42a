package io.rivulet.sql.parser;

import io.rivulet.expression.Literal;
import io.rivulet.function.Utf8;
import io.rivulet.sql.logical.Constant;
import io.rivulet.sql.parser.internal.RivuletSqlParser;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;

/** Numbers and bytes as they are written in SQL; the letters behind a number say its type. */
final class NumberLiterals {
    private NumberLiterals() {}

    /** A whole number: INT, BIGINT or DECIMAL as it is large, or of the type of its letter ({@code Y}, {@code S}, {@code L}). */
    static Constant integer(ParserRuleContext place, String text) {
        char letter = Character.toUpperCase(text.charAt(text.length() - 1));
        boolean typed = Character.isLetter(letter);
        BigInteger value = new BigInteger(typed ? text.substring(0, text.length() - 1) : text);
        int bits = value.bitLength() + 1;
        if (!typed) {
            return bits <= Integer.SIZE
                    ? new Constant(new Literal(value.intValue(), DataType.INT))
                    : bits <= Long.SIZE
                            ? new Constant(new Literal(value.longValue(), DataType.BIGINT))
                            : decimal(place, new BigDecimal(value));
        }
        return switch (letter) {
            case 'Y' -> {
                require(bits <= Byte.SIZE, place, text, "TINYINT");
                yield new Constant(new Literal(value.byteValue(), DataType.TINYINT));
            }
            case 'S' -> {
                require(bits <= Short.SIZE, place, text, "SMALLINT");
                yield new Constant(new Literal(value.shortValue(), DataType.SMALLINT));
            }
            default -> {
                require(bits <= Long.SIZE, place, text, "BIGINT");
                yield new Constant(new Literal(value.longValue(), DataType.BIGINT));
            }
        };
    }

    private static void require(boolean fits, ParserRuleContext place, String text, String type) {
        if (!fits) {
            throw SyntaxErrors.at(place, "the number " + text + " is outside the range of " + type);
        }
    }

    /** {@code 1.50}, or with {@code BD} behind it, which may stand behind an exponent. */
    static Constant decimal(RivuletSqlParser.DecimalLiteralContext literal) {
        String text = literal.getText();
        return decimal(
                literal, new BigDecimal(literal.BIG_DECIMAL() == null ? text : text.substring(0, text.length() - 2)));
    }

    private static Constant decimal(ParserRuleContext place, BigDecimal value) {
        if (value.scale() > DecimalType.MAX_PRECISION
                || (long) value.precision() - Math.min(0, value.scale()) > DecimalType.MAX_PRECISION) {
            throw SyntaxErrors.at(place, "the number " + value + " has more than 38 digits");
        }
        return new Constant(Literal.of(value));
    }

    /** {@code 1e3}, {@code 2D}: DOUBLE; {@code 2F}: FLOAT. */
    static Constant floating(RivuletSqlParser.DoubleLiteralContext literal) {
        String text = literal.getText();
        if (text.toUpperCase(Locale.ROOT).endsWith("F")) {
            float value = Float.parseFloat(text);
            require(!Float.isInfinite(value), literal, text, "FLOAT");
            return new Constant(new Literal(value, DataType.FLOAT));
        }
        double value = Double.parseDouble(text);
        require(!Double.isInfinite(value), literal, text, "DOUBLE");
        return new Constant(new Literal(value, DataType.DOUBLE));
    }

    /** {@code X'1F'}: two hexadecimal digits a byte, the first of which may be left out. */
    static Constant binary(RivuletSqlParser.BinaryLiteralContext literal) {
        String digits = literal.getText().substring(2, literal.getText().length() - 1);
        try {
            byte[] bytes = HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
            return new Constant(new Literal(Utf8.of(bytes), DataType.BINARY));
        } catch (IllegalArgumentException e) {
            throw SyntaxErrors.at(literal, "'" + digits + "' are no hexadecimal digits");
        }
    }
}
