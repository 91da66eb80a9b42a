/**
 * Aggregate functions over packed state rows. Read {@link io.rivulet.aggregate.AggregateFunctions} for what there is,
 * then {@link io.rivulet.aggregate.GroupedAggregation} for how groups are updated.
 */
@NullMarked
package io.rivulet.aggregate;

import org.jspecify.annotations.NullMarked;
