package io.rivulet.connector.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.record.RecordCodec;
import io.rivulet.vector.ColumnBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StagesTest {
    record Note(long number, String text) {}

    private final RecordCodec<Note> codec = RecordCodec.of(Note.class);
    private final Stages stages = new Stages(codec.schema());

    @Test
    void aThreadGetsItsOwnBackWithoutRows() {
        StagedRows staged = stages.take();
        staged.add(codec, new Note(1, "a"));
        stages.giveBack(staged);
        assertThat(stages.take()).isSameAs(staged);
        assertThat(staged.count()).isZero();
        assertThat(staged.bytes()).isZero();
    }

    @Test
    void nobodyWaitsAndNoTwoHaveTheSame() {
        Set<StagedRows> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 20; i++) {
            taken.add(stages.take());
        }
        assertThat(taken).hasSize(20);
        taken.forEach(stages::giveBack); // more than are kept
        for (int i = 0; i < 8; i++) {
            assertThat(taken.remove(stages.take())).isTrue();
        }
        assertThat(taken).doesNotContain(stages.take());
    }

    @Test
    void oneThatHasGrownLargeIsNotKept() {
        StagedRows many = stages.take();
        for (int i = 0; i < 1000; i++) {
            many.add(codec, new Note(i, ""));
        }
        stages.giveBack(many);
        StagedRows wide = stages.take();
        assertThat(wide).isNotSameAs(many);
        wide.add(codec, new Note(1, "x".repeat(100_000)));
        stages.giveBack(wide);
        assertThat(stages.take()).isNotSameAs(wide);
    }

    @Test
    void aRowCountsItsColumnsAndItsPosition() {
        StagedRows staged = new StagedRows(codec.schema());
        staged.add(codec, new Note(1, "abc"));
        staged.add(codec, new Note(2, "ä"));
        assertThat(List.of(staged.bytes(0), staged.bytes(1), staged.bytes()))
                .containsExactly(8 + 7 + 8L, 8 + 6 + 8L, 45L);
    }

    @Test
    void threadsThatPushAtOnceDoNotSeeEachOthersRows() throws Exception {
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        List<Thread> pushers = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            long number = p;
            Thread pusher = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    StagedRows staged = stages.take();
                    staged.add(codec, new Note(number, "n" + number));
                    ColumnBuilder[] columns = ColumnBuilder.forSchema(codec.schema(), 1);
                    staged.copyTo(columns, 0, staged.count());
                    if (columns[0].size() != 1
                            || !Long.valueOf(number).equals(columns[0].build().objectAt(0))
                            || !("n" + number).equals(columns[1].build().objectAt(0))) {
                        wrong.add("of " + number);
                    }
                    stages.giveBack(staged);
                }
            });
            pushers.add(pusher);
            pusher.start();
        }
        for (Thread pusher : pushers) {
            pusher.join();
        }
        assertThat(wrong).isEmpty();
    }
}
