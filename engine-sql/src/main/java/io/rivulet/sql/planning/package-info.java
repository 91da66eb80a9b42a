/**
 * How a query runs: {@link io.rivulet.sql.planning.QueryPlanner} makes stages of a logical plan,
 * {@link io.rivulet.sql.planning.OutputModes} refuses what an output mode cannot give, {@link io.rivulet.sql.planning.Explain}
 * shows it all.
 */
@NullMarked
package io.rivulet.sql.planning;

import org.jspecify.annotations.NullMarked;
