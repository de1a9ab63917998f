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

    @Test
    void tellsPeopleHowManyTokensInWhichPeriod() {
        TokenBudget hourly = new TokenBudget(1_000_000, 3_600_000);
        WindowData window = Windows.of(2_000_000).get(0);
        recorder.during(findings -> hourly.observe(window, findings));
        recorder.during(findings -> hourly.step(window.endMillis(), findings));

        assertThat(recorder.last("over-budget").orElseThrow().sentence())
                .isEqualTo("2000000 tokens were used in 1 h, 1000000 may be");
    }

    private void observe(double... tokens) {
        for (WindowData window : Windows.of(tokens)) {
            recorder.during(findings -> detector.observe(window, findings));
            recorder.during(findings -> detector.step(window.endMillis(), findings));
            recorder.endStep();
        }
    }
}
