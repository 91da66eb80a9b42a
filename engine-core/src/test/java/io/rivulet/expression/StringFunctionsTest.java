package io.rivulet.expression;

import static io.rivulet.expression.EvaluationCases.error;
import static io.rivulet.expression.EvaluationCases.typed;
import static io.rivulet.expression.EvaluationCases.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class StringFunctionsTest {
    private record Case(Object expected, String function, List<Object> arguments) {}

    private static Case of(Object expected, String function, Object... arguments) {
        return new Case(expected, function, List.of(arguments));
    }

    @Test
    void table() {
        List<Case> cases = List.of(
                of(3, "length", "äöü"),
                of(3, "CHAR_LENGTH", "abc"),
                of(6, "octet_length", "äöü"),
                of("ABC", "upper", "aBc"),
                of("ÄB", "upper", "äb"),
                of("äb", "lower", "ÄB"),
                of("a b", "trim", "  a b "),
                of("a ", "ltrim", "  a "),
                of(" a", "rtrim", " a  "),
                of("a", "trim", "xxay", "xy"),
                of("bc", "substring", "abcd", 2, 2),
                of("cd", "substring", "abcd", -2),
                of("ab", "substr", "abcd", 0, 2),
                of("a", "substring", "abcd", -5, 2),
                of("", "substring", "abcd", 9, 2),
                of("ö", "substring", "äöü", 2, 1),
                of("äö", "left", "äöü", 2),
                of("öü", "right", "äöü", 2),
                of("abc", "concat", "a", "b", "c"),
                of("a1", "||", "a", 1),
                of("a-b", "concat_ws", "-", "a", typed(null, DataType.STRING), "b"),
                of("", "concat_ws", "-", typed(null, DataType.STRING)),
                of("axxa", "replace", "abba", "b", "x"),
                of("aa", "replace", "abba", "b"),
                of(true, "contains", "abba", "bb"),
                of(false, "contains", "ab", "abc"),
                of(true, "startswith", "abba", "ab"),
                of(true, "endswith", "abba", "ba"),
                of(false, "endswith", "a", "ba"),
                of(2, "instr", "äbba", "b"),
                of(0, "locate", "x", "abba"),
                of(3, "locate", "b", "abba", 3),
                of(true, "like", "abba", "a%a"),
                of(true, "like", "äb", "_b"),
                of(true, "like", "", "%"),
                of(false, "like", "abba", "a_a"),
                of(true, "like", "mississippi", "%iss%pi"),
                of(true, "like", "100%", "100\\%"),
                of(false, "like", "1000", "100\\%"),
                of(true, "ilike", "ABBA", "ab%"),
                of(true, "rlike", "abba", "b+"),
                of("bb", "regexp_extract", "abba", "a(b+)", 1),
                of("a-a", "regexp_replace", "abba", "b+", "-"),
                of("xxab", "lpad", "ab", 4, "x"),
                of("a", "lpad", "ab", 1, "x"),
                of("abxy", "rpad", "ab", 4, "xyz"),
                of("abab", "repeat", "ab", 2),
                of("", "repeat", "ab", -1),
                of("cba", "reverse", "abc"),
                of(228, "ascii", "ä"),
                of("b", "split_part", "a,b,c", ",", 2),
                of("c", "split_part", "a,b,c", ",", -1),
                of("", "split_part", "a,b,c", ",", 4),
                of("", "split_part", "a,b,c", ",", -4),
                of("www.apache", "substring_index", "www.apache.org", ".", 2),
                of("apache.org", "substring_index", "www.apache.org", ".", -2),
                of("Ab Cd", "initcap", "aB cD"),
                of("1b3", "translate", "abc", "ac", "13"),
                of("900150983cd24fb0d6963f7d28e17f72", "md5", "abc"),
                of("YWJj", "base64", "abc"),
                of("FF", "hex", 255L));
        for (Case c : cases) {
            assertThat(value(c.function, c.arguments.toArray()))
                    .as(c.function + c.arguments)
                    .isEqualTo(c.expected);
        }
    }

    @Test
    void nullInNullOut() {
        assertThat(value("upper", typed(null, DataType.STRING))).isNull();
        assertThat(value("concat", "a", typed(null, DataType.STRING))).isNull();
        assertThat(value("concat_ws", typed(null, DataType.STRING), "a")).isNull();
        assertThat(value("regexp_replace", "a", typed(null, DataType.STRING), "b"))
                .isNull();
    }

    @Test
    void badArgumentsAreNamed() {
        assertThat(error("rlike", "a", "(").code()).isEqualTo(ErrorCode.BAD_ARGUMENT);
        assertThat(error("split_part", "a", ",", 0).code()).isEqualTo(ErrorCode.BAD_ARGUMENT);
        assertThat(error("upperr", "a"))
                .hasMessageContaining("upper")
                .extracting("code")
                .isEqualTo(ErrorCode.UNKNOWN_FUNCTION);
        assertThat(error("substring", "a")).hasMessageContaining("substring(STRING, INT)");
    }
}
