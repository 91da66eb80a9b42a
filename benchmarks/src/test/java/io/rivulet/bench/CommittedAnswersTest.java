package io.rivulet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.bench.workload.Answer;
import org.junit.jupiter.api.Test;

class CommittedAnswersTest {
    private final CommittedAnswers answers = new CommittedAnswers();

    @Test
    void aBatchCountsOnceHoweverOftenItIsReported() {
        answers.committed(0, new Answer(2, 20));
        answers.committed(1, new Answer(3, 30));
        answers.committed(1, new Answer(3, 30));
        assertThat(answers.total()).isEqualTo(new Answer(5, 50));
        assertThat(answers.batchCount()).isEqualTo(2);
        assertThat(answers.consistent()).isTrue();
    }

    @Test
    void aBatchThatChangesIsNoticed() {
        answers.committed(1, new Answer(3, 30));
        answers.committed(1, new Answer(4, 31));
        assertThat(answers.consistent()).isFalse();
    }
}
