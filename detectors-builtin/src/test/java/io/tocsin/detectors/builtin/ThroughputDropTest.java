/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ThroughputDropTest {
    private final Told told = new Told(new ThroughputDropFactory(), Map.of());

    @Test
    void silenceIsADrop() {
        told.usual(1, 60).step(told.window().build());

        assertThat(told.isBad(0, "throughput")).isTrue();
    }

    @Test
    void silenceThatNobodyListenedToIsUnknown() {
        told.usual(1, 60).step(told.window().coverage(0).build());

        assertThat(told.latest()).isEmpty();
    }

    @Test
    void enoughIsFineEvenIfMoreWasMissed() {
        told.usual(1, 60);
        told.step(told.window().coverage(0.8).values(new double[90]).build());

        assertThat(told.latest())
                .singleElement()
                .satisfies(j -> assertThat(j.score()).isZero());
    }

    @Test
    void nothingIsJudgedDuringWarmUp() {
        told.usual(1, 11).step(told.window().build());
        assertThat(told.latest()).hasSize(1); // two minutes are over with the twelfth window

        Told early = new Told(new ThroughputDropFactory(), Map.of());
        early.usual(1, 10).step(early.window().build());
        assertThat(early.latest()).isEmpty();
    }

    @Test
    void theEndOfADropIsNoDropAndTheNextOneIsFound() {
        told.usual(1, 60);
        for (int i = 0; i < 12; i++) {
            told.step(told.window(0, 30, 0.4, 0));
            assertThat(told.isBad(0, "throughput")).isTrue();
        }
        told.usual(1, 1);
        assertThat(told.isAnyBad()).isFalse();
        told.step(told.window(0, 30, 0.4, 0));
        assertThat(told.isBad(0, "throughput")).isTrue();
    }

    @Test
    void aSurgeDoesNotMakeTheUsualLookLikeADrop() {
        told.usual(1, 60);
        for (int i = 0; i < 60; i++) {
            told.step(told.window(0, 400, 0.4, 0));
        }
        told.usual(1, 1);

        assertThat(told.isAnyBad()).isFalse();
    }
}
