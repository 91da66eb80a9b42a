package io.rivulet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QueryLifeTest {
    private final QueryLife life = started();

    private static QueryLife started() {
        QueryLife life = new QueryLife(Clock.system(), 10);
        life.become(QueryState.STARTING, "Starting");
        life.running();
        return life;
    }

    @Test
    void aQueryThatIsWokenSoonGoesOnWithoutSettling() {
        life.beginPass();
        life.wake();
        assertThat(life.wokenSoon()).isTrue();
    }

    @Test
    void aQueryThatNobodyWakesSettles() {
        life.beginPass();
        assertThat(life.wokenSoon()).isFalse();
    }

    @Test
    void aQueryThatIsToStopDoesNotWait() {
        life.beginPass();
        life.stop();
        assertThat(life.wokenSoon()).isTrue();
    }

    @Test
    void whoWaitsForAPassThatFindsNothingIsToldByTheFirstThatBeginsAfterwards() throws InterruptedException {
        long before = life.beginPass();
        Thread waiter = new Thread(life::awaitIdle, "waiter");
        waiter.start();
        requireWaiting(waiter);
        assertThat(life.wokenSoon()).as("somebody waits: nothing is put off").isFalse();
        life.idle(before);

        long pass = life.beginPass();
        requireWaiting(waiter); // that look had begun before it asked
        assertThat(life.wokenSoon()).isFalse();
        life.idle(pass);

        waiter.join(20_000);
        assertThat(waiter.isAlive()).isFalse();
        assertThat(pass).isEqualTo(before + 1);
    }

    private static void requireWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(thread.getState()).isNotEqualTo(Thread.State.TERMINATED);
            Thread.onSpinWait();
        }
    }
}
