package io.rivulet.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class MemoryPoolTest {
    @Test
    void aRefusalNamesTheLargestHoldersAndTakesNothing() {
        MemoryPool root = MemoryPool.root("engine", 100);
        MemoryPool query = root.child("query q");
        MemoryPool big = query.child("aggregate-0");
        MemoryPool small = query.child("exchange-0");
        big.reserve(70);
        small.reserve(20);
        assertThatThrownBy(() -> small.reserve(11))
                .hasMessageContaining("MEMORY_LIMIT")
                .hasMessageContaining("'exchange-0' needs 11 more bytes")
                .hasMessageContaining("aggregate-0 70 bytes, exchange-0 20 bytes");
        assertThat(root.reserved()).isEqualTo(90);
        assertThat(query.reserved()).isEqualTo(90);
        assertThat(small.reserved()).isEqualTo(20);
    }

    @Test
    void closingGivesEverythingBack() {
        MemoryPool root = MemoryPool.root("engine", 100);
        MemoryPool child = root.child("c");
        child.reserve(60);
        child.release(10);
        child.close();
        assertThat(root.reserved()).isZero();
        root.child("d").reserve(100);
    }
}
