/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentFailureTest {
    private final Told told = new Told(new AgentFailureFactory(), Map.of());

    @Test
    void oneInstanceThatFailsIsNamed() {
        told.usual(3, 40);
        told.step(told.window(0, 100, 0.4, 0), told.window(1, 100, 0.4, 30), told.window(2, 100, 0.4, 0));

        assertThat(told.isBad(1, "errors")).isTrue();
        assertThat(told.isBad(0, "errors")).isFalse();
        assertThat(told.isBad(2, "errors")).isFalse();
    }

    @Test
    void whenAllFailAlikeItIsNoAgentsFailure() {
        told.usual(3, 40);
        told.step(told.window(0, 100, 0.4, 30), told.window(1, 100, 0.4, 32), told.window(2, 100, 0.4, 28));

        assertThat(told.isAnyBad()).isFalse();
    }

    @Test
    void aGroupOfOneHasItsOwnPast() {
        told.usual(1, 40).step(told.window(0, 100, 0.4, 30));

        assertThat(told.isBad(0, "errors")).isTrue();
    }

    @Test
    void aNewInstanceThatFailsFromItsBirthIsHeldToItsPeers() {
        told.usual(3, 40);
        told.step(
                told.window(0, 100, 0.4, 0),
                told.window(1, 100, 0.4, 0),
                told.window(2, 100, 0.4, 0),
                told.window(3, 100, 0.4, 30));

        assertThat(told.isBad(3, "errors")).isTrue();
    }

    @Test
    void oneInstanceThatSlowsDownIsNamed() {
        told.usual(3, 40);
        told.step(told.window(0, 100, 0.4, 0), told.window(1, 100, 1.6, 0), told.window(2, 100, 0.4, 0));
        assertThat(told.isBad(1, "latency")).isTrue();
        assertThat(told.isBad(0, "latency")).isFalse();
    }

    @Test
    void whenAllSlowDownAlikeItIsNoAgentsSlowness() {
        told.usual(3, 40);
        told.step(told.window(0, 100, 1.6, 0), told.window(1, 100, 1.6, 0), told.window(2, 100, 1.6, 0));
        assertThat(told.isAnyBad()).isFalse();
    }

    @Test
    void oneInstanceThatFallsSilentIsNamedAndItsLastErrorsStayKnown() {
        told.usual(3, 40);
        told.step(told.window(0, 100, 0.4, 0), told.window(1, 100, 0.4, 30), told.window(2, 100, 0.4, 0));
        told.step(told.window(0, 100, 0.4, 0), told.window(1, 0, 0.4, 0), told.window(2, 100, 0.4, 0));

        assertThat(told.isBad(1, "silence")).isTrue();
        assertThat(told.isBad(1, "errors")).isTrue();
        assertThat(told.isBad(0, "silence")).isFalse();
    }

    @Test
    void aLullOfTheWholeGroupIsNoAgentsSilence() {
        told.usual(3, 40);
        told.step(told.window(0, 5, 0.4, 0), told.window(1, 5, 0.4, 0), told.window(2, 5, 0.4, 0));

        assertThat(told.isAnyBad()).isFalse();
    }
}
