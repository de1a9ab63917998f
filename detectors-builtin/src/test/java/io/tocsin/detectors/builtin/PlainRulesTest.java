/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code threshold} and {@code absence}. */
class PlainRulesTest {
    private static double score(Told told) {
        return told.latest().get(told.latest().size() - 1).score();
    }

    @Test
    void theLimitItselfIsBad() {
        Told told = new Told(new ThresholdFactory(), Map.of("statistic", "last", "above", "5"));

        assertThat(score(told.step(told.window().gauge().values(1, 5).build()))).isEqualTo(1);
        assertThat(score(told.step(told.window().gauge().values(9, 4).build()))).isEqualTo(0.8);
        assertThat(score(told.step(told.window().gauge().values(10).build()))).isEqualTo(2);
    }

    @Test
    void belowIsBadBelow() {
        Told told = new Told(new ThresholdFactory(), Map.of("statistic", "mean", "below", "2"));

        assertThat(score(told.step(told.window().values(1, 1).build()))).isEqualTo(1.5);
        assertThat(score(told.step(told.window().values(4).build()))).isZero();
    }

    @Test
    void aCountIsJudgedBelowOnlyIfAllWasHeard() {
        Told told = new Told(new ThresholdFactory(), Map.of("statistic", "count", "below", "3"));

        assertThat(told.step(told.window().coverage(0.5).values(1).build()).latest())
                .isEmpty();
        assertThat(told.step(told.window().values(1).build()).isAnyBad()).isTrue();
    }

    @Test
    void anEmptyWindowHasNoMean() {
        Told told = new Told(new ThresholdFactory(), Map.of("above", "3"));

        assertThat(told.step(told.window().build()).latest()).isEmpty();
    }

    @Test
    void absenceIsBadAfterItsTimeEvenIfNobodyListens() {
        Told told = new Told(new AbsenceFactory(), Map.of("for-at-least", "30s"));
        assertThat(told.step().latest()).isEmpty();
        told.step(told.window().values(1).build());
        told.step(told.window().coverage(0).build());
        told.step(told.window().coverage(0).build());
        assertThat(told.isAnyBad()).isFalse();
        told.step();

        assertThat(told.isBad(0, "no-data")).isTrue();
        assertThat(told.step(told.window().values(1).build()).isAnyBad()).isFalse();
    }
}
