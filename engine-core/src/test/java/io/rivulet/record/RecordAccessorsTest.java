package io.rivulet.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.rivulet.error.ErrorCode;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import java.lang.management.ManagementFactory;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How records are taken apart: every kind of component, whoever may see the class, without objects between. */
class RecordAccessorsTest {
    private record Primitives(boolean flag, byte tiny, short small, int number, long big, float real, double wide) {}

    @Test
    void primitivesOfAPrivateRecordAreWhatTheyWere() {
        List<Primitives> records = List.of(
                new Primitives(true, Byte.MIN_VALUE, Short.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE, 0.1f, 0.1),
                new Primitives(
                        false,
                        Byte.MAX_VALUE,
                        Short.MAX_VALUE,
                        Integer.MAX_VALUE,
                        Long.MAX_VALUE,
                        Float.MIN_VALUE,
                        Double.MIN_VALUE),
                new Primitives(true, (byte) 0, (short) 0, 0, 0, -0.0f, Double.NEGATIVE_INFINITY),
                new Primitives(true, (byte) 0, (short) 0, 0, 0, Float.NaN, Double.NaN));
        RecordCodec<Primitives> codec = RecordCodec.of(Primitives.class);
        assertThat(codec.read(codec.write(records))).isEqualTo(records);
    }

    private record Outer(Optional<Primitives> inner, List<Primitives> more) {}

    @Test
    void andInsideOthersToo() {
        Primitives values = new Primitives(true, (byte) -7, (short) -300, 70_000, 1L << 50, 1.25f, -2.5);
        List<Outer> records = List.of(
                new Outer(Optional.of(values), List.of(values, values)), new Outer(Optional.empty(), List.of()));
        RecordCodec<Outer> codec = RecordCodec.of(Outer.class);
        assertThat(codec.read(codec.write(records))).isEqualTo(records);
    }

    private record Order(long account, long units, double price, String symbol) {}

    @Test
    void aRecordOfPrimitivesAndTextIsTakenApartWithoutAnObject() {
        RecordCodec<Order> codec = RecordCodec.of(Order.class);
        ColumnBuilder[] builders = ColumnBuilder.forSchema(codec.schema(), 16);
        Order order = new Order(1L << 40, -1L << 40, 0.25, "SYMBOL");
        append(codec, order, builders, 1000);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        append(codec, order, builders, 100_000);
        assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(100_000);
    }

    private static void append(RecordCodec<Order> codec, Order order, ColumnBuilder[] builders, int times) {
        for (int i = 0; i < times; i++) {
            codec.append(order, builders);
            if ((i & 15) == 15) {
                for (ColumnBuilder builder : builders) {
                    builder.clear();
                }
            }
        }
    }

    @Test
    void theFunctionsOfAClassAreMadeOnce() {
        RecordAccessors first = new RecordAccessors(Order.class);
        RecordAccessors second = new RecordAccessors(Order.class);
        assertThat(second.functions()).isSameAs(first.functions());
    }

    record Failing(int how) {
        @Override
        public int how() {
            if (how == 1) {
                throw new IllegalStateException("not today");
            }
            if (how == 2) {
                throw new AssertionError("never");
            }
            if (how == 3) {
                throw RecordAccessorsTest.<RuntimeException>sneaky(new java.io.IOException("no disk"));
            }
            return how;
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> RuntimeException sneaky(Throwable e) throws E {
        throw (E) e;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatAnAccessorThrowsIsAnErrorOfTheUsersCode(int how) {
        String cause = how == 1 ? "not today" : how == 2 ? "never" : "no disk";
        assertThatThrownBy(() -> RecordCodec.of(Failing.class).write(List.of(new Failing(0), new Failing(how))))
                .hasMessageContaining("the accessor 'how' of Failing failed")
                .hasMessageContaining(cause)
                .hasRootCauseMessage(cause)
                .extracting("code")
                .isEqualTo(ErrorCode.USER_CODE);
    }

    @Test
    @SuppressWarnings("unchecked")
    void anAccessorThatCannotHaveAClassIsCalled() throws Exception {
        ToLongFunction<Object> units = (ToLongFunction<Object>)
                RecordAccessors.calling(RecordAccessors.Kind.LONG, Order.class.getDeclaredMethod("units"));
        assertThat(units.applyAsLong(new Order(1, 2, 3, ""))).isEqualTo(2);
    }

    // ------------------------------------------------------------------ records of other modules

    private static final String RECORD =
            "record Reading(boolean ok, int count, long at, double value, String text) { public Reading {} }";

    @ParameterizedTest
    @ValueSource(strings = {"exports readings;", "opens readings;"})
    void aRecordOfAModuleThatLetsItBeSeenIsTakenApart(String directive, @TempDir Path directory) throws Exception {
        Class<? extends Record> type = compiled(directive, directory);
        assertThat(written(type).row(0).values()).containsExactly(true, 2, 3L, 4.5, "five");
    }

    @Test
    void aRecordThatItsModuleHidesIsRefusedByName(@TempDir Path directory) throws Exception {
        Class<? extends Record> type = compiled("", directory);
        assertThatThrownBy(() -> RecordCodec.of(type))
                .hasMessageContaining("the record readings.Reading is not open to Rivulet")
                .hasMessageContaining("open its package")
                .extracting("code")
                .isEqualTo(ErrorCode.BAD_SCHEMA);
    }

    private static <T extends Record> ColumnBatch written(Class<T> type) throws Exception {
        T instance = type.cast(type.getDeclaredConstructors()[0].newInstance(true, 2, 3L, 4.5, "five"));
        return RecordCodec.of(type).write(List.of(instance));
    }

    /** The class of a module of its own that exports or opens its package, or does not. */
    private static Class<? extends Record> compiled(String directive, Path directory) throws Exception {
        Path module = Files.writeString(directory.resolve("module-info.java"), "module readings { " + directive + " }");
        Path folder = Files.createDirectories(directory.resolve("readings"));
        Path record = Files.writeString(folder.resolve("Reading.java"), "package readings; public " + RECORD);
        Path classes = directory.resolve("classes");
        @Nullable
        Object failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), module.toString(), record.toString());
        assertThat(failed).isEqualTo(0);
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("readings"));
        return boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader())
                .findLoader("readings")
                .loadClass("readings.Reading")
                .asSubclass(Record.class);
    }
}
