package io.rivulet.sql.optimizer;

import io.rivulet.expression.Expression;
import io.rivulet.expression.Expressions;
import io.rivulet.expression.Window;
import io.rivulet.plan.SortKey;
import io.rivulet.sql.logical.AggregateExpression;
import io.rivulet.sql.logical.AggregateNode;
import io.rivulet.sql.logical.ColumnReferences;
import io.rivulet.sql.logical.DivertLateNode;
import io.rivulet.sql.logical.ExpandWindowsNode;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LimitNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.LogicalPlanVisitor;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.sql.logical.RelationNode;
import io.rivulet.sql.logical.SortNode;
import io.rivulet.sql.logical.UnionNode;
import io.rivulet.sql.logical.WatermarkNode;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Takes away the columns that nobody reads, down to the columns a source delivers. */
final class PruneColumns {
    /** A plan with fewer columns, and where each old column that is left now is. */
    private static final class Pruned {
        private final LogicalPlan plan;
        private final int[] positions;

        Pruned(LogicalPlan plan, int[] positions) {
            this.plan = plan;
            this.positions = positions;
        }
    }

    /** The plan with all its own columns, and no column below that they do not need. */
    LogicalPlan prune(LogicalPlan plan) {
        BitSet all = new BitSet();
        all.set(0, plan.schema().size());
        return plan.accept(new Walk(all)).plan;
    }

    private static Pruned prune(LogicalPlan plan, BitSet needed) {
        return plan.accept(new Walk(needed));
    }

    /** Asks for some columns of the node it visits. */
    private record Walk(BitSet needed) implements LogicalPlanVisitor<Pruned> {
        @Override
        public Pruned visitRelation(RelationNode plan) {
            List<Integer> columns = new ArrayList<>();
            int[] positions = new int[plan.columns().size()];
            for (int i = needed.nextSetBit(0); i >= 0; i = needed.nextSetBit(i + 1)) {
                positions[i] = columns.size();
                columns.add(plan.columns().get(i));
            }
            return new Pruned(new RelationNode(plan.source(), columns), positions);
        }

        @Override
        public Pruned visitProject(ProjectNode plan) {
            BitSet below = new BitSet();
            needed.stream()
                    .forEach(i ->
                            ColumnReferences.addTo(below, plan.expressions().get(i)));
            Pruned input = prune(plan.input(), below);
            List<Expression> expressions = new ArrayList<>();
            List<Field> fields = new ArrayList<>();
            int[] positions = new int[plan.expressions().size()];
            for (int i = needed.nextSetBit(0); i >= 0; i = needed.nextSetBit(i + 1)) {
                positions[i] = expressions.size();
                expressions.add(ColumnReferences.remap(plan.expressions().get(i), input.positions));
                fields.add(plan.schema().field(i));
            }
            return new Pruned(new ProjectNode(input.plan, expressions, new Schema(fields)), positions);
        }

        private Pruned inputWith(LogicalPlan input, BitSet more) {
            BitSet below = (BitSet) needed.clone();
            below.or(more);
            return prune(input, below);
        }

        @Override
        public Pruned visitFilter(FilterNode plan) {
            Pruned input = inputWith(plan.input(), ColumnReferences.of(plan.predicate()));
            Expression predicate = ColumnReferences.remap(plan.predicate(), input.positions);
            return new Pruned(new FilterNode(input.plan, predicate), input.positions);
        }

        @Override
        public Pruned visitWatermark(WatermarkNode plan) {
            BitSet time = new BitSet();
            time.set(plan.column());
            Pruned input = inputWith(plan.input(), time);
            return new Pruned(
                    new WatermarkNode(input.plan, input.positions[plan.column()], plan.delayMicros(), plan.idle()),
                    input.positions);
        }

        @Override
        public Pruned visitDivertLate(DivertLateNode plan) {
            int all = plan.schema().size();
            BitSet whole = new BitSet();
            whole.set(0, all); // a late row is given out whole
            Pruned input = prune(plan.input(), whole);
            Expression time = ColumnReferences.remap(plan.time(), input.positions);
            return new Pruned(new DivertLateNode(input.plan, time, plan.window()), input.positions);
        }

        @Override
        public Pruned visitAggregate(AggregateNode plan) {
            BitSet below = new BitSet();
            Window window = plan.window();
            if (window != null) {
                ColumnReferences.addTo(below, window);
            }
            plan.keys().forEach(key -> ColumnReferences.addTo(below, key));
            for (AggregateExpression call : plan.calls()) {
                call.arguments().forEach(argument -> ColumnReferences.addTo(below, argument));
                Expression filter = call.filter();
                if (filter != null) {
                    ColumnReferences.addTo(below, filter);
                }
            }
            Pruned input = prune(plan.input(), below);
            LogicalPlan rebuilt = plan.withInputs(List.of(input.plan))
                    .accept(new NodeExpressions(e -> ColumnReferences.remap(e, input.positions)));
            return new Pruned(rebuilt, same(plan.schema().size()));
        }

        private static int[] same(int count) {
            int[] positions = new int[count];
            for (int i = 0; i < count; i++) {
                positions[i] = i;
            }
            return positions;
        }

        /** Rows are multiplied whether anybody reads the window or not. */
        @Override
        public Pruned visitExpandWindows(ExpandWindowsNode plan) {
            BitSet below = (BitSet) needed.clone();
            below.clear(plan.windowColumn());
            below.set(plan.timeColumn());
            Pruned input = prune(plan.input(), below);
            int[] positions = Arrays.copyOf(input.positions, input.positions.length + 1);
            ExpandWindowsNode rebuilt =
                    new ExpandWindowsNode(input.plan, input.positions[plan.timeColumn()], plan.window());
            positions[plan.windowColumn()] = rebuilt.windowColumn();
            return new Pruned(rebuilt, positions);
        }

        /** Every input gives exactly the columns that are needed, in their order. */
        @Override
        public Pruned visitUnion(UnionNode plan) {
            int[] positions = new int[plan.schema().size()];
            List<Field> fields = new ArrayList<>();
            for (int i = needed.nextSetBit(0); i >= 0; i = needed.nextSetBit(i + 1)) {
                positions[i] = fields.size();
                fields.add(plan.schema().field(i));
            }
            List<LogicalPlan> inputs = new ArrayList<>();
            for (LogicalPlan input : plan.inputs()) {
                inputs.add(exactly(prune(input, needed)));
            }
            return new Pruned(new UnionNode(inputs, new Schema(fields)), positions);
        }

        private LogicalPlan exactly(Pruned input) {
            Schema has = input.plan.schema();
            List<Expression> columns = new ArrayList<>();
            List<Field> fields = new ArrayList<>();
            boolean same = has.size() == needed.cardinality();
            for (int i = needed.nextSetBit(0); i >= 0; i = needed.nextSetBit(i + 1)) {
                int position = input.positions[i];
                same &= position == columns.size();
                columns.add(Expressions.column(has, position));
                fields.add(has.field(position));
            }
            return same ? input.plan : new ProjectNode(input.plan, columns, new Schema(fields));
        }

        @Override
        public Pruned visitSort(SortNode plan) {
            BitSet sorted = new BitSet();
            plan.keys().forEach(key -> sorted.set(key.column()));
            Pruned input = inputWith(plan.input(), sorted);
            List<SortKey> keys = plan.keys().stream()
                    .map(k -> new SortKey(input.positions[k.column()], k.ascending(), k.nullsFirst()))
                    .toList();
            return new Pruned(new SortNode(input.plan, keys), input.positions);
        }

        @Override
        public Pruned visitLimit(LimitNode plan) {
            Pruned input = prune(plan.input(), needed);
            return new Pruned(new LimitNode(input.plan, plan.count()), input.positions);
        }
    }
}
