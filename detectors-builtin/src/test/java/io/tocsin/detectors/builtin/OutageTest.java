/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.detectors.Detector;
import io.tocsin.detectors.Severity;
import io.tocsin.detectors.testkit.JudgementRecorder;
import io.tocsin.detectors.testkit.RuleParameters;
import io.tocsin.detectors.testkit.TallyRows;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutageTest {
    private static final long NOW = 1_767_225_600;

    private final JudgementRecorder said = new JudgementRecorder();
    private final Detector outage = new OutageFactory().create(RuleParameters.of(new OutageFactory(), Map.of()));

    private void comes(long second, long all, long failed) {
        said.during(findings -> outage.observe(
                TallyRows.at(second * 1000).row(second, all, failed).build(), findings));
    }

    @Test
    void halfOfTenOutcomesInAMinuteIsAnOutage() {
        comes(NOW, 5, 0);
        comes(NOW + 30, 5, 5);

        assertThat(said.last("outage").orElseThrow().score()).isEqualTo(1);
        assertThat(said.last("outage").orElseThrow().severity()).contains(Severity.CRITICAL);
    }

    @Test
    void nineOutcomesCannotTell() {
        comes(NOW, 9, 9);

        assertThat(said.judgements()).isEmpty();
    }

    @Test
    void anOutageThatKeepsEverybodyAwayIsNotOver() {
        comes(NOW, 20, 20);
        said.during(findings -> outage.step((NOW + 300) * 1000, findings));

        assertThat(said.judgements()).hasSize(1);
    }

    @Test
    void isOverWhenMostSucceedAgain() {
        comes(NOW, 20, 20);
        comes(NOW + 61, 20, 0);

        assertThat(said.last("outage").orElseThrow().score()).isZero();
    }
}
