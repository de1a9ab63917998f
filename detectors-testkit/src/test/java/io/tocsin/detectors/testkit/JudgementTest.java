/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JudgementTest {

    @Test
    void itsSentenceIsTheOneThatPeopleSee() {
        JudgementRecorder recorder = new JudgementRecorder();
        recorder.during(findings -> findings.judge(0, "spending", 2)
                .compared(0.25, 0, 12.5, "{USD}/min")
                .number("share", 0.125, "1")
                .number("took", 0.8, "s")
                .label("model", "a")
                .text("{observed} of {high} for {model}, {share}, in {took}"));

        assertThat(recorder.last("spending").orElseThrow().sentence())
                .isEqualTo("0.250 USD/min of 12.5 USD/min for a, 12.5 %, in 800 ms");
    }
}
