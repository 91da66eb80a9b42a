package io.rivulet.testkit;

import io.rivulet.DataFrame;
import io.rivulet.StreamingQuery;
import java.util.List;

/**
 * Checks how a query will run by its {@code explain()} text. Failures are AssertionErrors that show the plan.
 *
 * <pre>{@code
 * PlanAssertion.assertThatPlan(counts).hasStages(2).hasOperators("Aggregate", "Scan").hasNo("Filter");
 * }</pre>
 */
public final class PlanAssertion {
    private final String plan;

    private PlanAssertion(String plan) {
        this.plan = plan;
    }

    /** Checks the plan of a frame. */
    public static PlanAssertion assertThatPlan(DataFrame frame) {
        return new PlanAssertion(frame.explain());
    }

    /** Checks the plan of a running query. */
    public static PlanAssertion assertThatPlan(StreamingQuery query) {
        return new PlanAssertion(query.explain());
    }

    private List<String> lines() {
        return plan.lines().map(String::strip).toList();
    }

    /** So many stages, that is, pieces between which rows change partition. */
    public PlanAssertion hasStages(int count) {
        long actual = lines().stream().filter(line -> line.startsWith("Stage ")).count();
        return require(actual == count, "expected " + count + " stages but was " + actual);
    }

    /** A line for each of these operators, in this order from the top, with anything in between. */
    public PlanAssertion hasOperators(String... names) {
        int at = 0;
        for (String line : lines()) {
            if (at < names.length && (line.equals(names[at]) || line.startsWith(names[at] + " "))) {
                at++;
            }
        }
        return require(at == names.length, "there is no " + (at < names.length ? names[at] : "") + " where expected");
    }

    /** No line for this operator. */
    public PlanAssertion hasNo(String name) {
        return require(
                lines().stream().noneMatch(line -> line.equals(name) || line.startsWith(name + " ")),
                "there is a " + name);
    }

    /** The text contains this. */
    public PlanAssertion contains(String text) {
        return require(plan.contains(text), "there is no '" + text + "'");
    }

    private PlanAssertion require(boolean condition, String failure) {
        if (!condition) {
            throw new AssertionError(failure + " in\n" + plan);
        }
        return this;
    }
}
