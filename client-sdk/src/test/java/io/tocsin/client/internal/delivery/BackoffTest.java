/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Patience PATIENCE = new Patience(
            Duration.ofMillis(100),
            Duration.ofMillis(1_000),
            6,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1));

    @Test
    void doublesItsCeilingAndSpreadsWaitsBelowIt() {
        long[] longest = new long[5];
        long[] shortest = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
        for (long seed = 0; seed < 2_000; seed++) {
            Backoff backoff = new Backoff(PATIENCE, new SplittableRandom(seed));
            for (int i = 0; i < 5; i++) {
                long millis = backoff.failure() / 1_000_000;
                longest[i] = Math.max(longest[i], millis);
                shortest[i] = Math.min(shortest[i], millis);
            }
        }
        long[] ceilings = {100, 200, 400, 800, 1_000};
        for (int i = 0; i < 5; i++) {
            assertThat(longest[i]).as("failure %d", i + 1).isBetween(ceilings[i] * 95 / 100, ceilings[i]);
            assertThat(shortest[i]).as("failure %d", i + 1).isLessThan(ceilings[i] / 20);
        }
    }

    @Test
    void opensAfterFailuresInARowAndClosesWithASuccess() {
        Backoff backoff = new Backoff(PATIENCE, new SplittableRandom(1));
        for (int i = 0; i < 5; i++) {
            backoff.failure();
        }
        assertThat(backoff.isOpen()).isFalse();
        for (int i = 0; i < 3; i++) {
            assertThat(Duration.ofNanos(backoff.failure())).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
            assertThat(backoff.isOpen()).isTrue();
        }
        backoff.success();

        assertThat(backoff.isOpen()).isFalse();
        assertThat(Duration.ofNanos(backoff.failure())).isLessThanOrEqualTo(Duration.ofMillis(100));
    }
}
