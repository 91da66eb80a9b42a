package io.rivulet.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.sql.logical.AllColumns;
import io.rivulet.sql.logical.Constant;
import io.rivulet.sql.logical.FunctionCall;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text, and how it was understood. */
class SqlParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "1 + 2 * 3 => (1 + (2 * 3))",
                "(1 + 2) * 3 => ((1 + 2) * 3)",
                "a - b - c => ((a - b) - c)",
                "- a * b => ((- a) * b)",
                "-2147483648 => -2147483648",
                "a || b || 'c' => ((a || b) || 'c')",
                "7 div 2 % 3 => (div(7, 2) % 3)",
                "not a = b or c and d => ((NOT (a = b)) OR (c AND d))",
                "a <> b => (a != b)",
                "a == b => (a = b)",
                "a <=> null => (a <=> NULL)",
                "a is not distinct from b => (a <=> b)",
                "a is distinct from b => (NOT (a <=> b))",
                "a is null and b is not null => ((a IS NULL) AND (b IS NOT NULL))",
                "a is not true => (NOT (a <=> true))",
                "a between 1 and 2 and b => ((a BETWEEN 1 AND 2) AND b)",
                "a not between 1 and 2 => (NOT (a BETWEEN 1 AND 2))",
                "a not in (1, 2 + 3) => (NOT (a IN (1, (2 + 3))))",
                "a not like 'x%' => (NOT (a LIKE 'x%'))",
                "a rlike '^x' => (a RLIKE '^x')",
                "case when a then 1 else 2 end => CASE WHEN a THEN 1 ELSE 2 END",
                "case a when 1 then 'x' end => CASE WHEN (a = 1) THEN 'x' END",
                "cast(a as decimal(10, 2)) => CAST(a AS DECIMAL(10,2))",
                "try_cast(a as int) => TRY_CAST(a AS INT)",
                "a::date::string => CAST(CAST(a AS DATE) AS STRING)",
                "`a b`.c => `a b`.c",
                "window.end => window.end",
                "f(x).y => f(x).y",
                "count(*) => count(*)",
                "COUNT(DISTINCT a) => COUNT(DISTINCT a)",
                "sum(a) filter (where b > 0) => sum(a) FILTER (WHERE (b > 0))",
                "current_timestamp => current_timestamp()",
                "date '2020-01-31' => CAST('2020-01-31' AS DATE)",
                "timestamp '2020-01-31 10:00' => CAST('2020-01-31 10:00' AS TIMESTAMP)",
                "a + b as total => (a + b) AS total",
                "a total => a AS total",
                "/* why */ a -- not => a",
            })
    void readsExpressions(String text, String understood) {
        assertThat(SqlParser.expression(text).sql()).isEqualTo(understood);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "7 => INT => 7",
                "3000000000 => BIGINT => 3000000000",
                "7L => BIGINT => 7",
                "9223372036854775808 => DECIMAL(19,0) => 9223372036854775808",
                "1.50 => DECIMAL(3,2) => 1.50",
                ".5 => DECIMAL(1,1) => 0.5",
                "1e3 => DOUBLE => 1000.0",
                "2d => DOUBLE => 2.0",
                "'it''s' => STRING => it's",
                "\"two\\nlines\" => STRING => two\\nlines",
                "'a' 'b' => STRING => ab",
                "true => BOOLEAN => true",
                "interval 10 minutes 30 seconds => INTERVAL DAY TO SECOND => 630000000",
                "interval '10 minutes' => INTERVAL DAY TO SECOND => 600000000",
                "interval '10' minute => INTERVAL DAY TO SECOND => 600000000",
                "interval '1 02:00:00' day to second => INTERVAL DAY TO SECOND => 93600000000",
                "interval '1-2' year to month => INTERVAL YEAR TO MONTH => 14",
                "interval -3 months => INTERVAL YEAR TO MONTH => -3",
            })
    void readsConstants(String text, String type, String value) {
        Constant constant = (Constant) SqlParser.expression(text);
        assertThat(constant.literal().type().sql()).isEqualTo(type);
        assertThat(String.valueOf(constant.literal().value())).isEqualTo(value.replace("\\n", "\n"));
    }

    @Test
    void readsSeveralItems() {
        assertThat(SqlParser.selectItems("*, a AS b, f(1, 2)"))
                .hasSize(3)
                .first()
                .isInstanceOf(AllColumns.class);
        assertThat(((FunctionCall) SqlParser.expression("pi()")).arguments()).isEmpty();
    }

    @Test
    void readsSchemas() {
        Schema schema =
                SqlParser.schema("a INT, `b c` string not null, c STRUCT<x: INT, y: array<map<string, double>>>,"
                        + " date date, i interval day to second, d decimal(5)");
        assertThat(schema.ddl())
                .isEqualTo("a INT, b c STRING NOT NULL, c STRUCT<x: INT, y: ARRAY<MAP<STRING, DOUBLE>>>, date DATE,"
                        + " i INTERVAL DAY TO SECOND, d DECIMAL(5,0)");
        assertThat(SqlParser.type("long")).isEqualTo(DataType.BIGINT);
        assertThatThrownBy(() -> SqlParser.schema("a INT, A STRING")).hasMessageContaining("BAD_SCHEMA");
        assertThatThrownBy(() -> SqlParser.schema("a DECIMAL(50)")).hasMessageContaining("BAD_SCHEMA");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "a + => line 1:4: the text ends where it cannot; an expression is expected",
                "a b c => line 1:5: 'c' stands where it cannot; expected is ',' or the end",
                "f(a, => line 1:5: the text ends where it cannot; an expression is expected",
                "a # b => line 1:3: '#' stands where it cannot",
                "cast(a, int) => line 1:7: ',' stands where it cannot",
                "cast(a as itn) => line 1:11: 'itn' is no type here; did you mean 'int'?",
                "interval '3 fortnights' => the text '3 fortnights' is no INTERVAL",
            })
    void saysWhereAndWhatWasExpected(String text, String message) {
        assertThatThrownBy(() -> SqlParser.expression(text))
                .hasMessageStartingWith("[SYNTAX_ERROR] line 1:")
                .hasMessageContaining(message);
    }

    @Test
    void countsLines() {
        assertThatThrownBy(() -> SqlParser.expression("a +\n  b +\n  * 2")).hasMessageContaining("line 3:3: '*'");
        assertThatThrownBy(() -> SqlParser.schema("a INT b STRING")).hasMessageContaining("line 1:7: 'b'");
    }
}
