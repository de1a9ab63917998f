/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How well the anomaly rules detect, in a simulation. {@code -Dtocsin.simulated.hours=200} repeats the figures of the README; without it
 * a few hours guard against getting worse.
 */
class DetectionQualityTest {
    private static final int HOURS = Integer.getInteger("tocsin.simulated.hours", 8);
    private static final long FIRST_SEED = Long.getLong("tocsin.simulated.seed", 1);

    @Test
    void defaultsFindEveryIncidentAndImagineNone() {
        Simulation simulation = Simulation.ofDefaults();
        for (int hour = 0; hour < HOURS; hour += 4) {
            simulation.run(FIRST_SEED + hour, 4 * 3600, hour % 8 == 4);
        }
        System.out.println("defaults, 10 s steps: " + simulation);
        assertThat(simulation.incidents()).isPositive();
        assertThat(simulation.missed()).as("missed in %s", simulation).isZero();
        assertThat(simulation.falseAlarms())
                .as("false alarms in %s", simulation)
                .isLessThanOrEqualTo(HOURS / 10);
    }

    @Test
    void shortStepsFindShortIncidents() {
        Simulation simulation = Simulation.ofDemo(Map.of(
                "latency-spike", Map.of("warm-up", "15s"),
                "error-rate-spike", Map.of("warm-up", "15s"),
                "throughput-drop", Map.of("warm-up", "15s"),
                "agent-failure", Map.of("warm-up", "15s")));
        for (int run = 0; run < HOURS; run++) {
            simulation.run(FIRST_SEED + run, 600, run % 2 == 1);
        }
        System.out.println("demo, 1 s steps: " + simulation);
        assertThat(simulation.incidents()).isPositive();
        // ten to fifteen windows at hardly more than ten outcomes each do not always prove a drop of 60 %
        assertThat(simulation.missed()).as("missed in %s", simulation).isLessThanOrEqualTo(simulation.incidents() / 10);
        assertThat(simulation.falseAlarms())
                .as("false alarms in %s", simulation)
                .isLessThanOrEqualTo(2 + HOURS / 10);
    }
}
