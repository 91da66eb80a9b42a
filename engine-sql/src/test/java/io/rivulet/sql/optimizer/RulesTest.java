package io.rivulet.sql.optimizer;

import static io.rivulet.sql.planning.Relations.analyser;
import static io.rivulet.sql.planning.Relations.filter;
import static io.rivulet.sql.planning.Relations.select;
import static io.rivulet.sql.planning.Relations.sql;
import static io.rivulet.sql.planning.Relations.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.expression.EvaluationContext;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.planning.Explain;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each rule alone: a plan, then the plan. */
class RulesTest {
    private static final EvaluationContext CONTEXT = EvaluationContext.of(EvaluationMode.INTERPRETED);

    private final LogicalPlan table = table("a INT, b INT, c STRING, t TIMESTAMP");

    private static String apply(Rule rule, LogicalPlan plan) {
        return Explain.logical(plan.transformUp(rule::apply));
    }

    @Test
    void constantsAreComputedAndFailuresAreLeft() {
        assertThat(apply(new FoldConstants(CONTEXT), filter(table, "a > 1 + 2 * 3")))
                .startsWith("Filter (a > 7)\n");
        assertThat(apply(new FoldConstants(CONTEXT), filter(table, "a > 1 / 0")))
                .contains("/");
    }

    @Test
    void booleansAreSimplified() {
        assertThat(apply(new SimplifyBooleans(), filter(table, "true and (a > 1 or false)")))
                .startsWith("Filter (a > 1)\n");
        assertThat(apply(new SimplifyBooleans(), filter(table, "not not (a > 1)")))
                .startsWith("Filter (a > 1)\n");
        assertThat(apply(new SimplifyBooleans(), filter(table, "true or a > 1")))
                .startsWith("Table events");
    }

    @Test
    void filtersAreMergedLowerFirst() {
        assertThat(apply(new MergeFilters(), filter(filter(table, "a > 1"), "b > 2")))
                .isEqualTo("Filter ((a > 1) AND (b > 2))\n  Table events [a, b, c, t]\n");
    }

    @Test
    void projectionsAreMergedWhenNothingIsThenComputedTwice() {
        LogicalPlan lower = select(table, "a + b AS s", "c");
        assertThat(apply(new MergeProjections(), select(lower, "s * 2 AS d", "c")))
                .isEqualTo("Project [((a + b) * 2) AS d, c]\n  Table events [a, b, c, t]\n");
        assertThat(apply(new MergeProjections(), select(lower, "s * s AS d"))).contains("  Project [(a + b) AS s");
        assertThat(apply(new MergeProjections(), select(table, "*"))).isEqualTo("Table events [a, b, c, t]\n");
    }

    @Test
    void filtersGoBelowProjectionsThatPassTheirColumnsOn() {
        LogicalPlan lower = select(table, "a AS x", "b + 1 AS y");
        assertThat(apply(new PushFilterBelowProjection(), filter(lower, "x > 1")))
                .isEqualTo("Project [a AS x, (b + 1) AS y]\n  Filter (a > 1)\n    Table events [a, b, c, t]\n");
        assertThat(apply(new PushFilterBelowProjection(), filter(lower, "y > 1")))
                .startsWith("Filter");
    }

    @Test
    void filtersNeverGoBelowAWatermark() {
        LogicalPlan timed = analyser().withWatermark(table, "t", Duration.ofSeconds(1));
        LogicalPlan optimized = new Optimizer(CONTEXT).optimize(filter(select(timed, "a", "t"), "a > 1"));
        assertThat(Explain.logical(optimized)).isEqualTo("""
                        Filter (a > 1)
                          Project [a, t]
                            Watermark t, delay 1 second
                              Table events [a, t]
                        """.replace("  Project [a, t]\n    Watermark", "  Watermark")
                .replace("      Table", "    Table"));
    }

    @Test
    void columnsThatNobodyReadsAreNotRead() {
        LogicalPlan plan = select(filter(table, "b > 1"), "a + 1 AS x");
        assertThat(Explain.logical(new Optimizer(CONTEXT).optimize(plan)))
                .isEqualTo("Project [(a + 1) AS x]\n  Filter (b > 1)\n    Table events [a, b]\n");
        LogicalPlan counted = analyser().aggregate(table, sql(), sql("count(*)"));
        assertThat(Explain.logical(new Optimizer(CONTEXT).optimize(counted))).contains("Table events []");
    }

    @Test
    void aggregationsReadOneColumnPerArgument() {
        LogicalPlan plan = analyser()
                .aggregate(table, sql("c", "window(t, '1 minute')"), sql("sum(a + b)", "max(a + b)", "min(a)"));
        assertThat(Explain.logical(new Optimizer(CONTEXT).optimize(plan))).isEqualTo("""
                        Project [c, window, sum((a + b)), max((a + b)), min(a)]
                          Aggregate by [window(t, 1 minute), c] compute [sum((a + b)), max((a + b)), min(a)]
                            Project [t, c, (a + b), a]
                              Table events [a, b, c, t]
                        """);
    }

    @Test
    void filtersGoIntoEveryInputOfAUnionButNotBelowItsWatermark() {
        LogicalPlan timed = analyser().withWatermark(table, "t", Duration.ofSeconds(1));
        LogicalPlan union = analyser().union(select(timed, "a", "t"), select(table, "b", "t"));
        assertThat(Explain.logical(new Optimizer(CONTEXT).optimize(filter(union, "a > 1"))))
                .isEqualTo("""
                        Union [a, t]
                          Filter (a > 1)
                            Watermark t, delay 1 second
                              Table events [a, t]
                          Filter (b > 1)
                            Table events [b, t]
                        """);
    }

    @Test
    void noInputOfAUnionReadsWhatNobodyAsksFor() {
        LogicalPlan union =
                analyser().union(select(table, "a", "b", "c"), filter(select(table, "b", "a", "c"), "c = 'x'"));
        assertThat(Explain.logical(new Optimizer(CONTEXT).optimize(select(union, "b"))))
                .isEqualTo("""
                        Union [b]
                          Table events [b]
                          Project [a]
                            Filter (c = 'x')
                              Table events [a, c]
                        """);
    }
}
