package io.rivulet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.expression.EvaluationMode;
import io.rivulet.sql.analysis.FunctionCatalog;
import io.rivulet.sql.logical.FunctionCall;
import io.rivulet.sql.parser.SqlParser;
import io.rivulet.vector.Row;
import io.rivulet.vector.TableText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Spark's grammar of expressions has: each form, its type and its value over one row, interpreted and compiled. The
 * forms that are refused are here too, with what the error says.
 */
class SqlExpressionTest {
    /** i is 12, none is null. */
    private record Values(
            int i,
            @Nullable Integer none,
            byte tiny,
            long big,
            double d,
            BigDecimal price,
            String s,
            boolean yes,
            @Nullable Boolean unknown,
            Instant at,
            @Nullable String nothing) {}

    private static final Values ROW = new Values(
            12,
            null,
            (byte) 5,
            10L,
            2.5,
            new BigDecimal("2.345"),
            "50% off",
            true,
            null,
            Instant.parse("2024-05-01T12:34:56.789Z"),
            null);

    private static final String FORMS = """
            i & 10 => INT => 8
            i | 3 => INT => 15
            i ^ 10 => INT => 6
            ~i => INT => -13
            ~ ~i => INT => 12
            tiny & 4Y => TINYINT => 4
            big | i => BIGINT => 14
            none & 1 => INT => NULL
            1 << 4 => INT => 16
            big << 40 => BIGINT => 10995116277760
            -16 >> 2 => INT => -4
            -1 >>> 28 => INT => 15
            shiftright(-16, 2) => INT => -4
            1 + 2 & 3 => INT => 3
            1 | 6 & 3 => INT => 3
            5 ^ 1 | 8 => INT => 12
            7 ^ 2 & 3 => INT => 5
            1 << 1 + 1 => INT => 4
            12 >> 1 & 2 => INT => 2
            3 & 1 = 1 => BOOLEAN => true
            - i & 15 => INT => 4
            !yes => BOOLEAN => false
            ! i = 13 => BOOLEAN => true
            !unknown => BOOLEAN => NULL
            not yes or yes => BOOLEAN => true
            !(i > 3) or i != 12 => BOOLEAN => false
            i <=> 12 => BOOLEAN => true
            none <=> null => BOOLEAN => true
            i <=> none => BOOLEAN => false
            i == 12 and i <> 13 and i != 14 => BOOLEAN => true
            i = 12 = yes => BOOLEAN => true
            7 DIV 2 => BIGINT => 3
            i div 5 % 2 => BIGINT => 0
            7 / 2 => DOUBLE => 3.5
            i is distinct from none => BOOLEAN => true
            none is not distinct from null => BOOLEAN => true
            none is null => BOOLEAN => true
            i is not null => BOOLEAN => true
            yes is true => BOOLEAN => true
            unknown is not false => BOOLEAN => true
            unknown is unknown => BOOLEAN => true
            yes is not unknown => BOOLEAN => true
            i = none is unknown => BOOLEAN => true
            i between 10 and 12 => BOOLEAN => true
            i not between 10 and 12 => BOOLEAN => false
            i between none and 11 => BOOLEAN => false
            i in (1, 12) => BOOLEAN => true
            i in (1, none) => BOOLEAN => NULL
            i not in (1, 2) => BOOLEAN => true
            i not in (1, none) => BOOLEAN => NULL
            none in (1, 2) => BOOLEAN => NULL
            i in (12.0) => BOOLEAN => true
            case when none > 1 then 'a' when i > 1 then 'b' end => STRING => b
            case i when 1 then 1 when 12 then 2.5 else 3 end => DECIMAL(11,1) => 2.5
            case none when null then 1 else 2 end => INT => 2
            case when false then 1 end => INT => NULL
            s like '50%' => BOOLEAN => true
            s like '50/% %' escape '/' => BOOLEAN => true
            s like '5/0%' escape '/' => BOOLEAN => true
            s like '50!_%' escape '!' => BOOLEAN => false
            s like r'50\\% off' => BOOLEAN => true
            s not like '5_\\% %' => BOOLEAN => false
            s ilike '%OFF' => BOOLEAN => true
            s not ilike 'OFF' => BOOLEAN => true
            s ilike '50!% O%' escape '!' => BOOLEAN => true
            s like any ('x%', '%off') => BOOLEAN => true
            s like some ('x%', 'y%') => BOOLEAN => false
            s like all ('50%', '%off') => BOOLEAN => true
            s like any ('x%', nothing) => BOOLEAN => NULL
            s like all ('x%', nothing) => BOOLEAN => false
            s not like any ('50%', 'x%') => BOOLEAN => true
            s not like all ('50%', 'x%') => BOOLEAN => false
            s ilike any ('%OFF', 'X', 'Y', 'Z') => BOOLEAN => true
            nothing like '%' => BOOLEAN => NULL
            s rlike r'^\\d+%' => BOOLEAN => true
            s regexp '[a-z]+$' => BOOLEAN => true
            s not rlike 'x' => BOOLEAN => true
            like(s, '50%') => BOOLEAN => true
            like(s, '50/%%', '/') => BOOLEAN => true
            ilike(s, '%OFF') => BOOLEAN => true
            rlike(s, 'off') => BOOLEAN => true
            regexp(s, 'off') => BOOLEAN => true
            and(yes, unknown) => BOOLEAN => NULL
            or(yes, unknown) => BOOLEAN => true
            not(yes) => BOOLEAN => false
            in(i, 1, 12) => BOOLEAN => true
            between(i, 1, 12) => BOOLEAN => true
            left(s, 2) || right(s, 3) => STRING => 50off
            if(i > 3, 'more', 'less') => STRING => more
            replace(s, '50', '10') => STRING => 10% off
            position('%' in s) => INT => 3
            position('off' in (s)) => INT => 5
            position('off', s) => INT => 5
            substring(s from 1 for 3) => STRING => 50%
            substr(s from 5) => STRING => off
            trim(both '5f' from s) => STRING => 0% o
            trim('5' from s) => STRING => 0% off
            trim(leading '5' from s) => STRING => 0% off
            trim(trailing 'f' from s) => STRING => 50% o
            trim(both from '  x ') => STRING => x
            trim(leading from '  x ') || '.' => STRING => x .
            overlay(s placing '7' from 1) => STRING => 70% off
            overlay(s placing 'no' from 5 for 3) => STRING => 50% no
            overlay(s, '...', 4, 0) => STRING => 50%... off
            overlay(s placing 'Ä' from 20) => STRING => 50% offÄ
            extract(year from at) => INT => 2024
            extract(DOY from date '2024-05-01') => INT => 122
            extract(second from at) => DECIMAL(8,6) => 56.789000
            extract(dow_iso from at) => INT => 3
            date_part('week', at) => INT => 18
            'a' || 1 + 2 => DOUBLE => !BAD_CAST
            'a' || (1 + 2) => STRING => a3
            1 => INT => 1
            1L => BIGINT => 1
            -1l => BIGINT => -1
            -128Y => TINYINT => -128
            100S => SMALLINT => 100
            2147483648 => BIGINT => 2147483648
            -9223372036854775808 => BIGINT => -9223372036854775808
            9223372036854775808 => DECIMAL(19,0) => 9223372036854775808
            1.5 => DECIMAL(2,1) => 1.5
            1.5BD => DECIMAL(2,1) => 1.5
            12bd => DECIMAL(2,0) => 12
            1.5e3BD => DECIMAL(4,0) => 1500
            1e3 => DOUBLE => 1000.0
            1.5E-1 => DOUBLE => 0.15
            .5e1 => DOUBLE => 5.0
            2.5D => DOUBLE => 2.5
            2.5F => FLOAT => 2.5
            1e1f => FLOAT => 10.0
            'it''s' => STRING => it's
            "double" => STRING => double
            'a' "b" r'\\n' => STRING => ab\\n
            'A\\u00e4' => STRING => Aä
            X'1F' => BINARY => [1F]
            x'F0F' => BINARY => [0F 0F]
            true and not false => BOOLEAN => true
            null => VOID => NULL
            date '2024-05-01' => DATE => 2024-05-01
            timestamp '2024-05-01 10:00:00' => TIMESTAMP => 2024-05-01 10:00:00
            timestamp_ltz '2024-05-01 10:00:00+02:00' => TIMESTAMP => 2024-05-01 08:00:00
            timestamp_ntz '2024-05-01 10:00:00' => TIMESTAMP_NTZ => 2024-05-01 10:00:00
            at + interval 90 minutes => TIMESTAMP => 2024-05-01 14:04:56.789
            at - interval '1' day => TIMESTAMP => 2024-04-30 12:34:56.789
            at + interval '1' day '2' hours => TIMESTAMP => 2024-05-02 14:34:56.789
            at + interval '1 day 2 hours' => TIMESTAMP => 2024-05-02 14:34:56.789
            at + interval -'1' day => TIMESTAMP => 2024-04-30 12:34:56.789
            at + interval - 1 day + 1 hour => TIMESTAMP => 2024-04-30 13:34:56.789
            at + interval 1.5 seconds => TIMESTAMP => 2024-05-01 12:34:58.289
            at + interval '1 02' day to hour => TIMESTAMP => 2024-05-02 14:34:56.789
            at + interval '01:30' hour to minute => TIMESTAMP => 2024-05-01 14:04:56.789
            at + interval '30:03.211' minute to second => TIMESTAMP => 2024-05-01 13:05:00
            at + interval '-1 00:00:56.789' day to second => TIMESTAMP => 2024-04-30 12:34:00
            at + interval '1-2' year to month => TIMESTAMP => 2025-07-01 12:34:56.789
            at + interval 2 months => TIMESTAMP => 2024-07-01 12:34:56.789
            round(price) => DECIMAL(21,0) => 2
            round(2.345, 2) => DECIMAL(4,2) => 2.35
            round(2.345, 5) => DECIMAL(5,3) => 2.345
            round(2.345, 1 + 1) => DECIMAL(4,2) => 2.35
            round(99.9, 0) => DECIMAL(3,0) => 100
            round(1234.5, -2) => DECIMAL(5,0) => 1200
            round(5.5, -3) => DECIMAL(4,0) => 0
            round(2.5, null) => DECIMAL(2,0) => NULL
            bround(2.345, 2) => DECIMAL(4,2) => 2.34
            bround(2.5) => DECIMAL(2,0) => 2
            ceil(2.345, 2) => DECIMAL(4,2) => 2.35
            ceil(2.1) => DECIMAL(2,0) => 3
            ceil(12BD) => DECIMAL(2,0) => 12
            floor(-2.345, 1) => DECIMAL(3,1) => -2.4
            floor(1234, -2) => DECIMAL(11,0) => 1200
            ceil(d, 0) => DECIMAL(16,0) => 3
            ceil(d) => BIGINT => 3
            round(d, 0) => DOUBLE => 3.0
            round('2.5') => DOUBLE => 3.0
            ceil('2.1') => BIGINT => 3
            abs('-2.5') => DOUBLE => 2.5
            -'2.5' => DOUBLE => -2.5
            '2' + 1 => BIGINT => 3
            round(tiny, -1) => TINYINT => 10
            bround(25, -1) => INT => 20
            round(2.5f) => FLOAT => 3.0
            try_add(2147483647, 1) => INT => NULL
            try_subtract(-2147483648, 1) => INT => NULL
            try_multiply(9223372036854775807, 2) => BIGINT => NULL
            try_divide(1, 0) => DOUBLE => NULL
            try_mod(i, 0) => INT => NULL
            try_mod(i, 5) => INT => 2
            try_cast('x' as int) => INT => NULL
            try_to_timestamp('x') => TIMESTAMP => NULL
            try_to_timestamp('2024-05-01') => TIMESTAMP => 2024-05-01 00:00:00
            try_to_timestamp('1.5.2024', 'd.M.yyyy') => TIMESTAMP => 2024-05-01 00:00:00
            try_to_timestamp('1.13.2024', 'd.M.yyyy') => TIMESTAMP => NULL
            try_to_date('May') => DATE => NULL
            try_make_timestamp(2024, 13, 1, 0, 0, 0) => TIMESTAMP => NULL
            at + interval 100000000 years => TIMESTAMP => !ARITHMETIC_OVERFLOW
            at + interval 300000 years => TIMESTAMP => !ARITHMETIC_OVERFLOW
            date '2024-05-01' + interval 10000000 years => DATE => !ARITHMETIC_OVERFLOW
            try_add(date '2024-05-01', interval 10000000 years) => DATE => NULL
            try_subtract(at, interval 300000 years) => TIMESTAMP => NULL
            try_add(date '2024-05-01', 1) => DATE => 2024-05-02
            cast('12' as int) + 1 => INT => 13
            '12'::int::string || s => STRING => 1250% off
            struct(i as a, s as b).a => INT => 12
            struct(i, s).s => STRING => 50% off
            struct(i, i + 1).col2 => INT => 13
            named_struct('a', i).a => INT => 12
            coalesce(none, i) => INT => 12
            /* why */ i -- not => INT => 12
            """;

    private static final String AGGREGATES = """
            count(*) => BIGINT => 1
            count(all i) => BIGINT => 1
            count(distinct i, s) => BIGINT => 1
            sum(i) filter (where i > 20) => BIGINT => NULL
            sum(i) filter (where s like any ('5%', '6%')) + 1 => BIGINT => 13
            count_if(i in (12)) => BIGINT => 1
            count_if(!yes) => BIGINT => 0
            any(yes) => BOOLEAN => true
            some(!yes) => BOOLEAN => false
            first(none ignore nulls) => INT => NULL
            first(i ignore nulls) filter (where yes) => INT => 12
            last(i) ignore nulls => INT => 12
            last_value(nothing) respect nulls => STRING => NULL
            any_value(s) => STRING => 50% off
            try_sum(tiny) => BIGINT => 5
            try_sum(price) => DECIMAL(38,18) => 2.345000000000000000
            try_avg(i) => DOUBLE => 12.0
            try_sum(none) => BIGINT => NULL
            try_avg(nothing::decimal(5,2)) => DECIMAL(9,6) => NULL
            """;

    private record Form(String expression, String type, String value) {}

    private static List<Form> table(String text) {
        return text.lines()
                .map(line -> line.split(" => "))
                .map(parts -> new Form(parts[0], parts[1], parts[2]))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"INTERPRETED", "COMPILED"})
    void everyFormHasItsTypeAndItsValue(EvaluationMode mode) {
        List<String> wrong = new ArrayList<>();
        try (Engine engine =
                Engine.builder().parallelism(1).evaluationMode(mode).build()) {
            DataFrame rows = engine.createDataFrame(List.of(ROW), Values.class);
            for (Form form : table(FORMS + AGGREGATES)) {
                String wanted = form.value.startsWith("!") ? form.value : form.type + " " + form.value;
                String given = result(rows, form.expression);
                if (!given.equals(wanted)) {
                    wrong.add(form.expression + " gives " + given + ", not " + wanted);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static String result(DataFrame rows, String expression) {
        try {
            DataFrame query = rows.selectExpr(expression);
            List<Row> result = query.collect();
            assertThat(result).as(expression).hasSize(1);
            Object value = result.get(0).get(0);
            return query.schema().type(0).sql() + " " + TableText.text(value, ZoneOffset.UTC);
        } catch (io.rivulet.error.RivuletException e) {
            return "!" + e.code();
        }
    }

    @Test
    void anAliasIsNoUnit() {
        assertThat(SqlParser.expression("interval '10 minutes' later").sql()).endsWith(" AS later");
        assertThat(SqlParser.expression("interval '10' minute later").sql()).endsWith(" AS later");
        assertThat(SqlParser.expression("interval 10 minutes later").sql()).endsWith(" AS later");
    }

    @Test
    void everyFunctionCanBeCalledByItsName() {
        Stream<String> names = FunctionCatalog.standard().synonyms().stream()
                .flatMap(List::stream)
                .filter(name -> Character.isLetter(name.charAt(0)))
                .filter(name ->
                        !List.of("case", "cast", "try_cast", "try_", "not").contains(name));

        assertThat(names).hasSizeGreaterThan(200).allSatisfy(name -> {
            FunctionCall call = (FunctionCall) SqlParser.expression(name + "(a)");
            assertThat(call.name()).isEqualTo(name);
            assertThat(SqlParser.expression("1 + " + name.toUpperCase(java.util.Locale.ROOT) + "(a, b) AS c")
                            .sql())
                    .endsWith(" AS c");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all",
                "any",
                "both",
                "date",
                "div",
                "end",
                "escape",
                "filter",
                "for",
                "ignore",
                "nulls",
                "placing",
                "ilike",
                "interval",
                "leading",
                "some",
                "timestamp",
                "to",
                "trailing",
                "unknown",
                "year",
                "first",
                "position"
            })
    void wordsThatAreNotReservedAreNames(String word) {
        assertThat(SqlParser.expression(word).sql()).isEqualTo(word);
        assertThat(SqlParser.expression("a." + word + " AS " + word).sql()).isEqualTo("a." + word + " AS " + word);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "128Y => the number 128Y is outside the range of TINYINT",
                "40000S => outside the range of SMALLINT",
                "9223372036854775808L => outside the range of BIGINT",
                "1e400 => outside the range of DOUBLE",
                "1e40f => outside the range of FLOAT",
                "1e38BD => more than 38 digits",
                "X'1G' => '1G' are no hexadecimal digits",
                "1 > > 2 => the signs of '>>' stand together",
                "1 << <2 => '<' stands where it cannot",
                "interval '30:15' day to second => the text '30:15' is no INTERVAL DAY TO SECOND",
                "interval '1-13' year to month => the text '1-13' is no INTERVAL YEAR TO MONTH",
                "interval '25:00:00' second to hour => is no INTERVAL SECOND TO HOUR",
                "interval 1 month 2 days => is no INTERVAL YEAR TO MONTH",
                "upper(s from 2) => the words between these arguments belong to extract, substring, substr, trim; call upper(…)",
                "upper(a as b) => the arguments of struct(…) have names, not those of upper",
                "a ! in (1) => '!' stands where it cannot",
                // what stays out
                "a[0] => '[' stands where it cannot",
                "(1, 2) => ',' stands where it cannot",
                "x -> x + 1 => '>' stands where it cannot",
                "exists (select 1) => ",
                "sum(i ignore nulls) => ignore NULLS belongs to first, last and any_value, not to sum",
                "sum(i) over (partition by s) => ",
                "s collate UTF8_LCASE => ",
                "f(a => 1) => ",
                ":parameter => ",
                "? => "
            })
    void refusedFormsSayWhy(String refused) {
        int arrow = refused.lastIndexOf(" => ");

        assertThatThrownBy(() -> SqlParser.expression(refused.substring(0, arrow)))
                .hasMessageStartingWith("[SYNTAX_ERROR] line 1:")
                .hasMessageContaining(refused.substring(arrow + 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i & d => [TYPE_MISMATCH] no function &(INT, DOUBLE)",
                "s like 'x' escape 'ab' => [BAD_ARGUMENT] the escape of LIKE is one ASCII character, not 'ab'",
                "round(price, i) => [BAD_ARGUMENT] the digits of round are part of a decimal's type",
                "ceil(d, i) => [BAD_ARGUMENT] the digits of ceil are part of a decimal's type",
                "round(price, 'x') => [TYPE_MISMATCH] round takes a number of digits, an INT, not STRING",
                "extract(century from at) => [BAD_ARGUMENT] a time has no part 'century' here",
                "abs(1, 2) => [TYPE_MISMATCH] no function abs(INT, INT)",
                "try_max(i) => [UNKNOWN_FUNCTION] there is no function 'try_max'",
                "!i => [TYPE_MISMATCH]"
            })
    void wrongArgumentsSayWhy(String refused) {
        int arrow = refused.lastIndexOf(" => ");
        try (Engine engine = Engine.create()) {
            DataFrame rows = engine.createDataFrame(List.of(ROW), Values.class);

            assertThatThrownBy(
                            () -> rows.selectExpr(refused.substring(0, arrow)).collect())
                    .hasMessageContaining(refused.substring(arrow + 4));
        }
    }

    @Test
    void rowsWithoutATimeAreInNoWindow() {
        record Reading(int id, @Nullable Instant at) {}
        List<Reading> readings =
                Arrays.asList(new Reading(1, Instant.parse("2024-05-01T12:34:56Z")), new Reading(2, null));
        try (Engine engine = Engine.create()) {
            DataFrame rows = engine.createDataFrame(readings, Reading.class);

            assertThat(ids(rows.selectExpr("id", "window(at, '5 minutes') AS w")))
                    .containsExactly(1);
            assertThat(ids(rows.selectExpr("id", "window(at, '5 minutes').start AS w")))
                    .containsExactly(1);
            assertThat(ids(rows.selectExpr("id", "window(at, '5 minutes', '5 minutes') IS NULL AS w")))
                    .containsExactly(1);
            assertThat(ids(rows.selectExpr("id", "window(at, '10 minutes', '5 minutes') AS w")))
                    .containsExactly(1, 1);
            assertThat(ids(rows.withColumn("w", Functions.window(Functions.col("at"), "5 minutes"))))
                    .containsExactly(1);
            assertThat(ids(rows.filter("window(at, '5 minutes') IS NOT NULL OR id = 2")))
                    .containsExactly(1);
            assertThat(ids(rows.sort(Functions.expr("window(at, '5 minutes').start"))))
                    .containsExactly(1);
            assertThat(ids(rows.groupBy(Functions.expr("window(at, '5 minutes')"))
                            .agg(Functions.expr("max(id)"))
                            .selectExpr("`max(id)` AS id")))
                    .containsExactly(1);
            assertThat(ids(rows.groupBy(Functions.expr("window(at, '5 minutes').start"))
                            .agg(Functions.expr("max(id)"))
                            .selectExpr("`max(id)` AS id")))
                    .containsExactly(1);
            assertThat(ids(rows.withColumn("w", Functions.window(Functions.col("at"), "5 minutes"))
                            .groupBy("w")
                            .agg(Functions.expr("count(*)").as("id"))))
                    .containsExactly(1);
            assertThat(ids(rows.selectExpr("count(window(at, '5 minutes').end) + 10 AS id")))
                    .containsExactly(11);
            assertThat(ids(rows)).containsExactly(1, 2);
        }
    }

    @Test
    void columnsOfJavaHaveTheSameOperators() {
        try (Engine engine = Engine.create()) {
            DataFrame rows = engine.createDataFrame(List.of(ROW), Values.class);
            Column i = Functions.col("i");

            List<Row> result = rows.select(
                            i.bitwiseAND(10),
                            i.bitwiseOR(3),
                            i.bitwiseXOR(10),
                            Functions.col("s").ilike("%OFF"))
                    .collect();

            assertThat(result.get(0).values()).containsExactly(8, 15, 6, true);
        }
    }

    private static List<Integer> ids(DataFrame rows) {
        int column = rows.schema().indexOf("id");
        return rows.collect().stream()
                .map(row -> ((Number) java.util.Objects.requireNonNull(row.get(column))).intValue())
                .toList();
    }
}
