/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencySpikeTest {
    private final Told told = new Told(new LatencySpikeFactory(), Map.of("window-size", "20"));

    @Test
    void threeTimesTheUsualIsASpike() {
        told.usual(1, 40).step(told.window(0, 100, 1.2, 0));

        assertThat(told.isBad(0, "latency")).isTrue();
        assertThat(told.latest())
                .singleElement()
                .satisfies(j -> assertThat(j.sentence()).contains("quantile of latency is"));
    }

    @Test
    void aSlowTailAloneIsASpike() {
        double[] values = new double[100];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < 90 ? 0.4 : 8;
        }
        told.usual(1, 40).step(told.window().values(values).build());

        assertThat(told.isBad(0, "latency")).isTrue();
    }

    @Test
    void oneSlowRecordIsNoSpike() {
        told.usual(1, 40).step(told.window(0, 1, 5, 0));

        assertThat(told.isAnyBad()).isFalse();
    }

    @Test
    void withFewerRecordsThanItNeedsItCannotTell() {
        for (int i = 0; i < 40; i++) {
            told.step(told.window(0, 1, 0.4, 0));
        }

        assertThat(told.latest()).isEmpty(); // eight in eight windows, ten are needed
    }

    @Test
    void aLastingChangeIsLearntAfterOneOrTwoBaselines() {
        told.usual(1, 40);
        int steps = 0;
        do {
            told.step(told.window(0, 100, 1.6, 0));
            steps++;
        } while (told.isAnyBad() && steps < 1000);

        assertThat(steps).isBetween(25, 60); // a tenth of 20 windows, at one in sixteen
    }
}
