/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void beginsWithAFifthOfASecondAndNeverWaitsForMoreThanASecond(long seed) {
        Backoff backoff = new Backoff(new SplittableRandom(seed));
        long ceiling = 200;
        for (int tries = 0; tries < 50; tries++) {
            assertThat(backoff.next()).isBetween(ceiling - ceiling / 5, ceiling);
            ceiling = Math.min(1_000, ceiling + ceiling / 2);
        }
        assertThat(ceiling).isEqualTo(1_000);
    }

    @Test
    void beginsAnewWhenItWorked() {
        Backoff backoff = new Backoff(new SplittableRandom(7));
        for (int tries = 0; tries < 10; tries++) {
            backoff.next();
        }
        backoff.reset();
        assertThat(backoff.next()).isBetween(160L, 200L);
    }
}
