/* SPDX-License-Identifier: Apache-2.0 */
package com.example.tokenbudget;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.detectors.testkit.JudgementRecorder;
import io.tocsin.detectors.testkit.WindowData;
import io.tocsin.detectors.testkit.Windows;
import org.junit.jupiter.api.Test;

class TokenBudgetTest {
    private static final long PERIOD_MILLIS = 2 * Windows.STEP_MILLIS;

    private final JudgementRecorder recorder = new JudgementRecorder();
    private final TokenBudget detector = new TokenBudget(100, PERIOD_MILLIS);

    @Test
    void isAtItsLimitWhenThePeriodHasUsedTheBudget() {
        observe(50, 50);

        assertThat(recorder.last("over-budget").orElseThrow().score()).isEqualTo(1);
    }

    @Test
    void forgetsWhatIsOlderThanThePeriod() {
        observe(90, 20, 20);

        assertThat(recorder.last("over-budget").orElseThrow().score()).isEqualTo(0.4);
    }

    private void observe(double... tokens) {
        for (WindowData window : Windows.of(tokens)) {
            recorder.during(findings -> detector.observe(window, findings));
            recorder.during(findings -> detector.step(window.endMillis(), findings));
            recorder.endStep();
        }
    }
}
