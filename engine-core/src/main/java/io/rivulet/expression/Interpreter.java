package io.rivulet.expression;

import io.rivulet.function.ResolvedFunction;
import io.rivulet.function.UserFunction;
import io.rivulet.vector.ColumnBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions a column at a time, without generated code. */
final class Interpreter implements Kernel {
    private final EvaluationContext context;
    private final @Nullable InterpretedNode condition;
    private final List<InterpretedNode> outputs;
    private int[] all = new int[0];
    private int[] passed = new int[0];

    Interpreter(@Nullable Expression condition, List<Expression> outputs, EvaluationContext context) {
        this.context = context;
        Builder builder = new Builder(context);
        this.condition = condition == null ? null : condition.accept(builder);
        this.outputs = builder.nodes(outputs);
    }

    @Override
    public int run(ColumnBatch batch, int @Nullable [] rows, int count, int @Nullable [] passing, OutputColumn[] outs) {
        InterpretedNode.Frame frame = new InterpretedNode.Frame(batch, context.batchTimestampMicros());
        int[] chosen = rows == null ? all(count) : rows;
        int left = count;
        if (condition != null) {
            int[] target = passing == null ? scratch(count) : passing;
            condition.run(frame, chosen, count);
            Register result = condition.out;
            boolean[] values = (boolean[]) result.values;
            left = 0;
            for (int k = 0; k < count; k++) {
                int row = chosen[k];
                target[left] = row;
                left += values[row] && !result.nulls[row] ? 1 : 0;
            }
            chosen = target;
        } else if (passing != null) {
            System.arraycopy(chosen, 0, passing, 0, count);
        }
        for (int i = 0; i < outs.length; i++) {
            InterpretedNode node = outputs.get(i);
            node.run(frame, chosen, left);
            node.out.store(outs[i], chosen, left);
        }
        return left;
    }

    private int[] all(int count) {
        if (all.length < count) {
            all = new int[count];
            for (int row = 0; row < count; row++) {
                all[row] = row;
            }
        }
        return all;
    }

    private int[] scratch(int count) {
        if (passed.length < count) {
            passed = new int[count];
        }
        return passed;
    }

    private record Builder(EvaluationContext context) implements ExpressionVisitor<InterpretedNode> {
        List<InterpretedNode> nodes(List<Expression> expressions) {
            List<InterpretedNode> nodes = new ArrayList<>();
            for (Expression expression : expressions) {
                nodes.add(expression.accept(this));
            }
            return nodes;
        }

        @Override
        public InterpretedNode visitLiteral(Literal literal) {
            return new InterpretedNode.Constant(literal);
        }

        @Override
        public InterpretedNode visitInputRef(InputRef input) {
            return new InterpretedNode.Input(input);
        }

        @Override
        public InterpretedNode visitCall(Call call) {
            return new InterpretedNode.Function(call.function(), context.functions(), nodes(call.arguments()));
        }

        @Override
        public InterpretedNode visitUserCall(UserCall call) {
            UserFunction function = context.bindings().resolve(call.function(), UserFunction.class);
            return new InterpretedNode.User(call, function, nodes(call.arguments()));
        }

        @Override
        public InterpretedNode visitCast(Cast cast) {
            InterpretedNode argument = cast.argument().accept(this);
            ResolvedFunction function = cast.function();
            return function == null
                    ? new InterpretedNode.Retyped(cast.type(), argument)
                    : new InterpretedNode.Function(function, context.functions(), List.of(argument));
        }

        @Override
        public InterpretedNode visitAnd(And and) {
            return new InterpretedNode.Logic(
                    false, and.left().accept(this), and.right().accept(this));
        }

        @Override
        public InterpretedNode visitOr(Or or) {
            return new InterpretedNode.Logic(
                    true, or.left().accept(this), or.right().accept(this));
        }

        @Override
        public InterpretedNode visitNot(Not not) {
            return new InterpretedNode.Negation(not.argument().accept(this));
        }

        @Override
        public InterpretedNode visitCaseWhen(CaseWhen caseWhen) {
            return new InterpretedNode.Choice(caseWhen.type(), nodes(caseWhen.children()));
        }

        @Override
        public InterpretedNode visitCoalesce(Coalesce coalesce) {
            return new InterpretedNode.FirstPresent(coalesce.type(), nodes(coalesce.arguments()));
        }

        @Override
        public InterpretedNode visitIsNull(IsNull isNull) {
            return new InterpretedNode.NullTest(isNull.argument().accept(this));
        }

        @Override
        public InterpretedNode visitIn(In in) {
            return Simplifier.asComparisons(in).accept(this);
        }

        @Override
        public InterpretedNode visitMakeStruct(MakeStruct struct) {
            return new InterpretedNode.Struct(struct.type(), false, nodes(struct.values()));
        }

        @Override
        public InterpretedNode visitFieldAccess(FieldAccess access) {
            return new InterpretedNode.StructField(
                    access.type(), access.field(), access.struct().accept(this));
        }

        @Override
        public InterpretedNode visitWindow(Window window) {
            return new InterpretedNode.Struct(window.type(), true, nodes(List.of(window.bound(0), window.bound(1))));
        }

        @Override
        public InterpretedNode visitCurrentTimestamp(CurrentTimestamp timestamp) {
            return new InterpretedNode.Timestamp();
        }
    }
}
