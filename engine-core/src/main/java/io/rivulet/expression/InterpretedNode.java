package io.rivulet.expression;

import io.rivulet.function.UserFunction;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step of the interpreter: computes one expression for chosen rows of a batch, into a register of its own. */
abstract class InterpretedNode {
    final Register out;

    InterpretedNode(DataType type) {
        out = new Register(type);
    }

    /** Fills {@link #out} for the first {@code count} of the rows, and for these only. */
    abstract void run(Frame frame, int[] rows, int count);

    /** The batch at hand, its columns flattened as they are asked for. */
    static final class Frame {
        final ColumnBatch batch;
        final long batchTimestampMicros;
        private final @Nullable ColumnVector[] flat;

        Frame(ColumnBatch batch, long batchTimestampMicros) {
            this.batch = batch;
            this.batchTimestampMicros = batchTimestampMicros;
            this.flat = new @Nullable ColumnVector[batch.columns().length];
        }

        int size() {
            return batch.size();
        }

        ColumnVector column(int index) {
            ColumnVector column = flat[index];
            if (column == null) {
                column = batch.column(index).flatten();
                flat[index] = column;
            }
            return column;
        }
    }

    static final class Input extends InterpretedNode {
        private final int index;

        Input(InputRef input) {
            super(input.type());
            index = input.index();
        }

        @Override
        void run(Frame frame, int[] rows, int count) {
            out.load(frame.column(index), rows, count);
        }
    }

    static final class Constant extends InterpretedNode {
        private final @Nullable Object value;
        private int filled;

        Constant(Literal literal) {
            super(literal.type());
            value = JavaForms.toPhysical(literal.type(), literal.value());
        }

        @Override
        void run(Frame frame, int[] rows, int count) {
            if (filled < frame.size()) {
                filled = frame.size();
                out.ensure(filled);
                for (int row = 0; row < filled; row++) {
                    out.set(row, value);
                }
            }
        }
    }

    static final class Timestamp extends InterpretedNode {
        Timestamp() {
            super(DataType.TIMESTAMP);
        }

        @Override
        void run(Frame frame, int[] rows, int count) {
            out.ensure(frame.size());
            for (int k = 0; k < count; k++) {
                ((long[]) out.values)[rows[k]] = frame.batchTimestampMicros;
            }
        }
    }

    static final class Function extends InterpretedNode {
        private final FunctionLoop loop;
        private final List<InterpretedNode> arguments;
        private final Register[] registers;

        Function(
                io.rivulet.function.ResolvedFunction function,
                io.rivulet.function.FunctionContext context,
                List<InterpretedNode> arguments) {
            super(function.result());
            this.loop = new FunctionLoop(function, context, out);
            this.arguments = arguments;
            this.registers = arguments.stream().map(a -> a.out).toArray(Register[]::new);
        }

        @Override
        void run(Frame frame, int[] rows, int count) {
            for (InterpretedNode argument : arguments) {
                argument.run(frame, rows, count);
            }
            loop.run(registers, rows, count, frame.size());
        }
    }

    /** The same bits under another type. */
    static final class Retyped extends InterpretedNode {
        private final InterpretedNode argument;

        Retyped(DataType type, InterpretedNode argument) {
            super(type);
            this.argument = argument;
        }

        @Override
        void run(Frame frame, int[] rows, int count) {
            argument.run(frame, rows, count);
            out.ensure(frame.size());
            if (argument.out.type == DataType.NULL) {
                out.fillNull(rows, count);
            } else {
                out.copy(argument.out, rows, count);
            }
        }
    }

    static final class User extends InterpretedNode {
        private final UserCall call;
        private final UserFunction function;
        private final List<InterpretedNode> arguments;

        User(UserCall call, UserFunction function, List<InterpretedNode> arguments) {
            super(call.type());
            this.call = call;
            this.function = function;
            this.arguments = arguments;
        }

        @Override
        void run(Frame frame, int[] rows, int count) {
            for (InterpretedNode argument : arguments) {
                argument.run(frame, rows, count);
            }
            out.ensure(frame.size());
            for (int k = 0; k < count; k++) {
                int row = rows[k];
                @Nullable Object[] values = new @Nullable Object[arguments.size()];
                for (int i = 0; i < values.length; i++) {
                    Register register = arguments.get(i).out;
                    values[i] = JavaForms.toJava(register.type, register.get(row));
                }
                out.set(row, JavaForms.call(call, function, values));
            }
        }
    }

    /** AND ({@code decisive} false) and OR ({@code decisive} true). */
    static final class Logic extends InterpretedNode {
        private final boolean decisive;
        private final InterpretedNode left;
        private final InterpretedNode right;
        private int[] undecided = new int[0];

        Logic(boolean decisive, InterpretedNode left, InterpretedNode right) {
            super(DataType.BOOLEAN);
            this.decisive = decisive;
            this.left = left;
            this.right = right;
        }

        @Override
        void run(Frame frame, int[] rows, int count) {
            left.run(frame, rows, count);
            out.ensure(frame.size());
            out.copy(left.out, rows, count);
            if (undecided.length < count) {
                undecided = new int[count];
            }
            boolean[] values = (boolean[]) out.values;
            int left = 0;
            for (int k = 0; k < count; k++) {
                int row = rows[k];
                if (out.nulls[row] || values[row] != decisive) {
                    undecided[left++] = row;
                }
            }
            if (left == 0) {
                return;
            }
            right.run(frame, undecided, left);
            boolean[] rights = (boolean[]) right.out.values;
            for (int k = 0; k < left; k++) {
                int row = undecided[k];
                if (!right.out.nulls[row] && rights[row] == decisive) {
                    values[row] = decisive;
                    out.nulls[row] = false;
                } else {
                    out.nulls[row] |= right.out.nulls[row];
                }
            }
        }
    }

    static final class Negation extends InterpretedNode {
        private final InterpretedNode argument;

        Negation(InterpretedNode argument) {
            super(DataType.BOOLEAN);
            this.argument = argument;
        }

        @Override
        void run(Frame frame, int[] rows, int count) {
            argument.run(frame, rows, count);
            out.ensure(frame.size());
            out.copy(argument.out, rows, count);
            boolean[] values = (boolean[]) out.values;
            for (int k = 0; k < count; k++) {
                values[rows[k]] = !values[rows[k]];
            }
        }
    }

    static final class NullTest extends InterpretedNode {
        private final InterpretedNode argument;

        NullTest(InterpretedNode argument) {
            super(DataType.BOOLEAN);
            this.argument = argument;
        }

        @Override
        void run(Frame frame, int[] rows, int count) {
            argument.run(frame, rows, count);
            out.ensure(frame.size());
            for (int k = 0; k < count; k++) {
                ((boolean[]) out.values)[rows[k]] = argument.out.nulls[rows[k]];
            }
        }
    }

    /** CASE: conditions and values in turn, the ELSE last. */
    static final class Choice extends InterpretedNode {
        private final List<InterpretedNode> parts;
        private int[] remaining = new int[0];
        private int[] taken = new int[0];

        Choice(DataType type, List<InterpretedNode> parts) {
            super(type);
            this.parts = parts;
        }

        @Override
        void run(Frame frame, int[] rows, int count) {
            out.ensure(frame.size());
            if (remaining.length < count) {
                remaining = new int[count];
                taken = new int[count];
            }
            System.arraycopy(rows, 0, remaining, 0, count);
            int left = count;
            for (int i = 0; i + 1 < parts.size() && left > 0; i += 2) {
                Register condition = parts.get(i).out;
                parts.get(i).run(frame, remaining, left);
                int took = 0;
                int kept = 0;
                for (int k = 0; k < left; k++) {
                    int row = remaining[k];
                    if (!condition.nulls[row] && ((boolean[]) condition.values)[row]) {
                        taken[took++] = row;
                    } else {
                        remaining[kept++] = row;
                    }
                }
                left = kept;
                take(parts.get(i + 1), frame, taken, took);
            }
            take(parts.get(parts.size() - 1), frame, remaining, left);
        }

        private void take(InterpretedNode value, Frame frame, int[] rows, int count) {
            if (count > 0) {
                value.run(frame, rows, count);
                out.copy(value.out, rows, count);
            }
        }
    }

    static final class FirstPresent extends InterpretedNode {
        private final List<InterpretedNode> arguments;
        private int[] remaining = new int[0];

        FirstPresent(DataType type, List<InterpretedNode> arguments) {
            super(type);
            this.arguments = arguments;
        }

        @Override
        void run(Frame frame, int[] rows, int count) {
            out.ensure(frame.size());
            if (remaining.length < count) {
                remaining = new int[count];
            }
            System.arraycopy(rows, 0, remaining, 0, count);
            int left = count;
            for (InterpretedNode argument : arguments) {
                if (left == 0) {
                    return;
                }
                argument.run(frame, remaining, left);
                out.copy(argument.out, remaining, left);
                int kept = 0;
                for (int k = 0; k < left; k++) {
                    if (out.nulls[remaining[k]]) {
                        remaining[kept++] = remaining[k];
                    }
                }
                left = kept;
            }
        }
    }

    /** A struct of the arguments' values; null where the first is, when {@code nullWithFirst}. */
    static final class Struct extends InterpretedNode {
        private final Schema schema;
        private final boolean nullWithFirst;
        private final List<InterpretedNode> arguments;

        Struct(StructType type, boolean nullWithFirst, List<InterpretedNode> arguments) {
            super(type);
            this.schema = type.schema();
            this.nullWithFirst = nullWithFirst;
            this.arguments = arguments;
        }

        @Override
        void run(Frame frame, int[] rows, int count) {
            for (InterpretedNode argument : arguments) {
                argument.run(frame, rows, count);
            }
            out.ensure(frame.size());
            for (int k = 0; k < count; k++) {
                int row = rows[k];
                @Nullable Object[] values = new @Nullable Object[arguments.size()];
                for (int i = 0; i < values.length; i++) {
                    Register register = arguments.get(i).out;
                    values[i] = JavaForms.toJava(register.type, register.get(row));
                }
                out.set(row, nullWithFirst && values[0] == null ? null : new Row(schema, values));
            }
        }
    }

    static final class StructField extends InterpretedNode {
        private final int field;
        private final InterpretedNode struct;

        StructField(DataType type, int field, InterpretedNode struct) {
            super(type);
            this.field = field;
            this.struct = struct;
        }

        @Override
        void run(Frame frame, int[] rows, int count) {
            struct.run(frame, rows, count);
            out.ensure(frame.size());
            for (int k = 0; k < count; k++) {
                Object value = struct.out.get(rows[k]);
                out.set(rows[k], value == null ? null : JavaForms.toPhysical(out.type, ((Row) value).get(field)));
            }
        }
    }
}
