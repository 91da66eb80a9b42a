package io.rivulet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the records that are pushed may be made of, and what their accessors may do. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // a record whose fate does not matter there
class IngestRecordsTest extends IngestFixture {
    private enum Side {
        BUY,
        SELL
    }

    private record Place(int line, @Nullable String name) {}

    private record Everything(
            boolean flag,
            byte tiny,
            short small,
            int number,
            long big,
            float real,
            double wide,
            @Nullable Long boxed,
            @Nullable String text,
            @Nullable Instant at,
            @Nullable LocalDate day,
            @Nullable Duration gap,
            @Nullable BigDecimal price,
            @Nullable Side side,
            @Nullable Place place,
            @Nullable List<Place> path,
            @Nullable Map<String, Integer> tags,
            Optional<String> note) {}

    private static Everything everything(Random random) {
        int n = random.nextInt(1000);
        boolean given = random.nextInt(3) > 0;
        Place place = new Place(n, given ? "line " + n : null);
        return new Everything(
                given,
                (byte) n,
                (short) -n,
                n,
                (long) n << 40,
                n / 4f,
                n / 8.0,
                given ? (long) n : null,
                given ? "ä".repeat(n % 5) + n : null,
                given ? Instant.ofEpochSecond(n) : null,
                given ? LocalDate.ofEpochDay(n) : null,
                given ? Duration.ofMillis(n) : null,
                given ? new BigDecimal("1.500000000000000000") : null,
                given ? Side.values()[n % 2] : null,
                n % 7 == 0 ? null : place,
                n % 5 == 0 ? null : Collections.nCopies(n % 4, place),
                n % 3 == 0 ? null : Map.of("k", n),
                Optional.ofNullable(given ? "note" : null));
    }

    @Test
    void recordsOfEveryTypeComeOutAsTheyWentInOneByOneAndInLists() throws Exception {
        engine.close();
        engine = Engine.builder().parallelism(2).vectorSize(100).build();
        List<Everything> got = Collections.synchronizedList(new ArrayList<>());
        Ingest<Everything> all = engine.ingest("all", Everything.class);
        all.toDF().writeStream().forEach(Everything.class, got::add).start();
        Random random = new Random(20261121);
        List<Everything> pushed = new ArrayList<>();
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        while (pushed.size() < 5000) {
            int size = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(700);
            List<Everything> list = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                list.add(everything(random));
            }
            last = size == 1 ? all.push(list.get(0)) : all.pushAll(list);
            pushed.addAll(list);
        }
        last.get(30, TimeUnit.SECONDS);
        assertThat(got).isEqualTo(pushed);
        assertThat(all.pendingBytes()).isZero();
    }

    record Picky(int number, String text) {
        @Override
        public String text() {
            if (number < 0) {
                throw new IllegalStateException("not today");
            }
            return text;
        }
    }

    @Test
    void aRecordThatFailsHalfWayLeavesNoTrace() throws Exception {
        List<Picky> got = Collections.synchronizedList(new ArrayList<>());
        Ingest<Picky> picky = engine.ingest("picky", Picky.class);
        picky.toDF().writeStream().forEach(Picky.class, got::add).start();
        picky.push(new Picky(1, "one")).get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> picky.push(new Picky(-1, ""))).hasMessageContaining("the accessor 'text' of Picky");
        assertThatThrownBy(() -> picky.pushAll(List.of(new Picky(2, "two"), new Picky(-2, ""))))
                .hasMessageContaining("USER_CODE")
                .hasMessageContaining("not today");
        picky.push(new Picky(3, "three")).get(30, TimeUnit.SECONDS);
        assertThat(got).containsExactly(new Picky(1, "one"), new Picky(3, "three"));
    }

    private static @Nullable Ingest<Chatty> chatty;

    record Chatty(long number) {
        @Override
        public long number() {
            Ingest<Chatty> ingest = chatty;
            if (ingest != null && number > 100) {
                ingest.push(new Chatty(number - 100));
            }
            return number;
        }
    }

    @Test
    void anAccessorMayPushItself() throws Exception {
        List<Long> got = Collections.synchronizedList(new ArrayList<>());
        Ingest<Chatty> ingest = engine.ingest("chatty", Chatty.class);
        ingest.toDF().writeStream().forEach(row -> got.add((Long) row.get(0))).start();
        chatty = ingest;
        try {
            ingest.push(new Chatty(301)).get(30, TimeUnit.SECONDS);
        } finally {
            chatty = null;
        }
        assertThat(got).containsExactly(1L, 101L, 201L, 301L);
    }
}
