/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InputTest {

    @Test
    void inputsThatAskForTheSameAreEqual() {
        Input calls = Input.outcomes("calls", "to count");

        assertThat(calls)
                .isEqualTo(Input.outcomes("calls", "to count"))
                .hasSameHashCodeAs(Input.outcomes("calls", "to count"));
        assertThat(calls)
                .isNotEqualTo(Input.measurements("calls", "to count"))
                .isNotEqualTo(calls.perMember())
                .isNotEqualTo(calls.history(Duration.ofHours(1)));
    }

    @Test
    void anInputShowsItsNameAndKind() {
        assertThat(Input.outcomes("calls", "to count").perMember()).hasToString("calls (OUTCOMES per member)");
    }
}
