package io.rivulet.sql.optimizer;

import io.rivulet.sql.logical.LogicalPlan;

/** Rewrites one node, its inputs being rewritten already; gives the node itself when it has nothing to do. */
@FunctionalInterface
interface Rule {
    LogicalPlan apply(LogicalPlan node);
}
