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
        assertThat(life.wokenSoon())
                .as("the waiter wakes it: the pass it waits for is to come")
                .isTrue();

        long pass = life.beginPass();
        assertThat(life.wokenSoon()).as("it waits for this one to be durable").isFalse();
        life.idle(pass);

        waiter.join(20_000);
        assertThat(waiter.isAlive()).isFalse();
        assertThat(pass).isEqualTo(before + 1);
    }
}
