/**
 * The physical plan: what runs, as pure data. Read {@link io.rivulet.plan.PhysicalPlan}, then
 * {@link io.rivulet.plan.StageGraph}.
 */
@NullMarked
package io.rivulet.plan;

import org.jspecify.annotations.NullMarked;
