package io.rivulet.aggregate;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.function.Bindings;
import io.rivulet.function.UserAggregate;
import io.rivulet.record.ValueCodec;
import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.LongVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an aggregate of the user: a word that says whether there is one (bit 0) and which of its parts are null
 * (the bits above), then a column per part. States are objects only while a column batch is taken up: each group that
 * occurs in it is unpacked once and packed once.
 */
final class UserCell extends Cell {
    private final UserAggregateRef user;
    private final Schema state;
    private final TouchedGroups touched = new TouchedGroups();
    private Bindings bindings = Bindings.EMPTY;
    private @Nullable Live<?> live;

    UserCell(String name, UserAggregateRef user) {
        super(name);
        this.user = user;
        this.state = user.state();
    }

    void bind(Bindings objects) {
        bindings = objects;
    }

    @Override
    List<StateColumn> columns() {
        List<StateColumn> columns = new ArrayList<>();
        columns.add(StateColumn.value(name(), DataType.BIGINT, 0));
        for (Field field : state.fields()) {
            columns.add(StateColumn.value(name() + " " + field.name(), field.type(), 0));
        }
        return columns;
    }

    @Override
    boolean ordered() {
        return user.ordered();
    }

    private Live<?> live() {
        Live<?> known = live;
        if (known == null) {
            known = new Live<>(bindings.resolve(user.function(), UserAggregate.class));
            live = known;
        }
        return known;
    }

    @Override
    void accumulate(TableBucket bucket, CellInput input) {
        touched.load(input.groups, input.count, bucket.extent());
        live().accumulate(bucket, input);
    }

    @Override
    void combine(TableBucket bucket, int[] groups, ColumnVector[] columns, int @Nullable [] rows, int count) {
        touched.load(groups, count, bucket.extent());
        live().combine(bucket, columns, rows, count);
    }

    /** The results of groups. */
    ColumnVector results(TableBucket bucket, int[] rows, int count, DataType type) {
        return live().results(bucket, rows, count, type);
    }

    private ColumnVector[] read(TableBucket bucket, int[] groups, int count) {
        ColumnVector[] columns = new ColumnVector[1 + state.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = bucket.column(column() + c, groups, count);
        }
        return columns;
    }

    /** The object of the user, which knows its types. */
    private final class Live<S> {
        private final UserAggregate<S, ?> aggregate;
        private final ValueCodec<S> codec;

        @SuppressWarnings("unchecked")
        Live(UserAggregate<?, ?> aggregate) {
            this.aggregate = (UserAggregate<S, ?>) aggregate;
            this.codec = ValueCodec.of(this.aggregate.stateType(), "the state of '" + user.function() + "'");
        }

        void accumulate(TableBucket bucket, CellInput input) {
            List<@Nullable S> states = states(read(bucket, touched.groups(), touched.count()), touched.count());
            int[] numbers = touched.numbers();
            @Nullable Object[] arguments = new @Nullable Object[input.values.length];
            for (int i = 0; i < input.count; i++) {
                int row = at(input.rows, i);
                for (int a = 0; a < arguments.length; a++) {
                    arguments[a] = input.values[a].objectAt(row);
                }
                states.set(numbers[i], accumulated(states.get(numbers[i]), arguments));
            }
            pack(bucket, states);
        }

        @SuppressWarnings("NullAway") // a state that is no record may be null, if its aggregate says so
        private @Nullable S accumulated(@Nullable S before, @Nullable Object[] arguments) {
            try {
                return aggregate.accumulateWith(before, arguments);
            } catch (RuntimeException e) {
                throw failed("on " + Arrays.toString(arguments), e);
            }
        }

        @SuppressWarnings("NullAway")
        void combine(TableBucket bucket, ColumnVector[] columns, int @Nullable [] rows, int count) {
            List<@Nullable S> states = states(read(bucket, touched.groups(), touched.count()), touched.count());
            long[] held = flags(bucket);
            ColumnVector[] taken = new ColumnVector[columns.length];
            for (int c = 0; c < taken.length; c++) {
                taken[c] = SideTable.taken(columns[c], rows, count);
            }
            List<@Nullable S> partials = states(taken, count);
            long[] partialFlags = ((LongVector) taken[0]).values();
            int[] numbers = touched.numbers();
            for (int i = 0; i < count; i++) {
                int number = numbers[i];
                if (partialFlags[i] == 0) {
                    continue;
                }
                try {
                    states.set(
                            number,
                            held[number] == 0
                                    ? partials.get(i)
                                    : aggregate.combine(states.get(number), partials.get(i)));
                } catch (RuntimeException e) {
                    throw failed("to combine " + states.get(number) + " and " + partials.get(i), e);
                }
                held[number] = 1;
            }
            pack(bucket, states, held);
        }

        private long[] flags(TableBucket bucket) {
            long[] flags = new long[touched.count()];
            for (int g = 0; g < flags.length; g++) {
                flags[g] = bucket.words()[touched.groups()[g] * bucket.stride() + bucket.offset(column())];
            }
            return flags;
        }

        /** Unpacked states, the initial one where there is none yet. */
        private List<@Nullable S> states(ColumnVector[] columns, int count) {
            long[] flags = ((LongVector) columns[0]).values();
            int[] present = new int[count];
            int found = 0;
            long nulls = 0;
            for (int i = 0; i < count; i++) {
                if (flags[i] != 0) {
                    present[found++] = i;
                    nulls |= flags[i];
                }
            }
            ColumnVector[] parts = new ColumnVector[state.size()];
            for (int c = 0; c < parts.length; c++) {
                ColumnVector values = columns[1 + c].take(present, found);
                parts[c] = (nulls & bit(c)) == 0 ? values : withNulls(values, flags, present, found, bit(c));
            }
            List<@Nullable S> unpacked = codec.read(new ColumnBatch(state, parts, found));
            List<@Nullable S> states = new ArrayList<>(count);
            for (int i = 0, p = 0; i < count; i++) {
                states.add(flags[i] == 0 ? initial() : unpacked.get(p++));
            }
            return states;
        }

        private S initial() {
            try {
                return aggregate.initial();
            } catch (RuntimeException e) {
                throw failed("to give its initial state", e);
            }
        }

        private void pack(TableBucket bucket, List<@Nullable S> states) {
            long[] all = new long[states.size()];
            Arrays.fill(all, 1);
            pack(bucket, states, all);
        }

        /** @param given which groups have a state: not 0 */
        private void pack(TableBucket bucket, List<@Nullable S> states, long[] given) {
            int[] groups = new int[states.size()];
            int count = 0;
            ColumnBuilder[] builders = ColumnBuilder.forSchema(state, Math.max(1, states.size()));
            for (int g = 0; g < groups.length; g++) {
                if (given[g] != 0) {
                    groups[count++] = touched.groups()[g];
                    append(states.get(g), builders);
                }
            }
            long[] flags = new long[count];
            Arrays.fill(flags, 1);
            for (int c = 0; c < builders.length; c++) {
                ColumnVector part = builders[c].build();
                for (int i = 0; i < count; i++) {
                    flags[i] |= part.isNull(i) ? bit(c) : 0;
                }
                bucket.setColumn(column() + 1 + c, groups, part, count);
            }
            long[] words = bucket.words();
            for (int i = 0; i < count; i++) {
                words[groups[i] * bucket.stride() + bucket.offset(column())] = flags[i];
            }
        }

        private void append(@Nullable S value, ColumnBuilder[] builders) {
            try {
                codec.append(value, builders);
            } catch (RivuletException e) {
                throw new RivuletException(
                        e.code(),
                        "the aggregate '" + user.function() + "' has a state that cannot be kept, " + value + ": "
                                + e.getMessage(),
                        e);
            }
        }

        @SuppressWarnings("NullAway")
        ColumnVector results(TableBucket bucket, int[] rows, int count, DataType type) {
            ColumnBuilder builder = new ColumnBuilder(type, count);
            for (S held : states(read(bucket, rows, count), count)) {
                Object result;
                try {
                    result = aggregate.result(held);
                } catch (RuntimeException e) {
                    throw failed("to give the result of " + held, e);
                }
                try {
                    builder.append(result);
                } catch (RivuletException e) {
                    throw new RivuletException(
                            e.code(),
                            "the aggregate '" + user.function() + "' gave " + result + ", which is no " + type.sql(),
                            e);
                }
            }
            return builder.build();
        }

        private RivuletException failed(String doing, RuntimeException e) {
            return e instanceof RivuletException known
                    ? known
                    : ErrorCode.USER_CODE.error(
                            "the aggregate '" + user.function() + "' failed " + doing + ": " + e, e);
        }
    }

    private static long bit(int part) {
        return 2L << part;
    }

    private static ColumnVector withNulls(ColumnVector values, long[] flags, int[] present, int count, long bit) {
        ColumnBuilder builder = new ColumnBuilder(values.type(), count);
        for (int i = 0; i < count; i++) {
            if ((flags[present[i]] & bit) != 0) {
                builder.appendNull();
            } else {
                builder.appendFrom(values, i);
            }
        }
        return builder.build();
    }
}
