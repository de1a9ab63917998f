/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.cli.console.Console;
import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Judged;
import io.tocsin.cli.simulation.Incident;
import io.tocsin.cli.simulation.IncidentKind;
import io.tocsin.cli.simulation.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    private static final FiredAlert ALERT =
            new FiredAlert("latency-spike", "latency", Map.of("gen_ai.agent.name", "coder"), 12_000);

    private final Judged<Incident> found = judged(IncidentKind.LATENCY_SPIKE, 3, Place.agentType("coder"), true);
    private final Judged<Incident> missed = judged(IncidentKind.ERROR_BURST, 0.2, Place.agentType("coder"), false);
    private final Judged<Incident> missedSmall =
            judged(IncidentKind.ERROR_BURST, 0.05, Place.agentType("coder"), false);
    private final Judged<Incident> missedInstance =
            judged(IncidentKind.AGENT_FAILING, 0.5, Place.instance("coder", "coder-1"), false);

    @TempDir
    Path folder;

    @Test
    void aMissBelowThePromisedSizeIsNone() {
        assertThat(evaluation(List.of(found, missedSmall, missedInstance), 0).good())
                .isTrue();
        assertThat(evaluation(List.of(found, missed), 0).good()).isFalse();
    }

    @Test
    void falseAlarmsCountWithTheirUncertainty() {
        assertThat(evaluation(List.of(found), 4).falseAlarmsPerTenHoursUpper95())
                .isCloseTo(0.915, within(0.001));
        assertThat(evaluation(List.of(found), 4).good()).isTrue();
        assertThat(evaluation(List.of(found), 5).good()).isFalse();
    }

    @Test
    void theReportHasMissesDelaysRecallAndFalseAlarms() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text, true);
        EvaluationText.print(Console.plain(out, out), evaluation(List.of(found, missed, missedSmall), 1));

        assertThat(text.toString())
                .contains("missed: error-burst +20 points at coder at 1970-01-01T00:00:00Z for 60.0 s")
                .contains("false alarms of latency-spike: 1")
                .contains("1 false alarms in 100 h (1,000 records):")
                .contains("0.10 in 10 h, at most 0.47 with 95 % certainty");
        assertThat(text.toString().lines())
                .anyMatch(l -> l.matches("latency-spike +x3.0 +1 +1 +12.0 s +12.0 s"))
                .anyMatch(l -> l.matches("error-burst +1.00 to 1.25 +0 +1 +0 % +0 % +79 %"))
                .allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void theExportHasEveryIncident() throws IOException {
        Path file = folder.resolve("evaluation.json");
        EvaluationExport.write(file, 7, evaluation(List.of(found, missed), 1));

        assertThat(Files.readString(file))
                .contains("\"seed\": 7", "\"missed\": 1", "\"delay_ms\": 12000", "\"detected_by\": null");
    }

    private static Evaluation evaluation(List<Judged<Incident>> judged, int falseAlarms) {
        return new Evaluation(judged, Collections.nCopies(falseAlarms, ALERT), 100, 1_000);
    }

    private static Judged<Incident> judged(IncidentKind kind, double size, Place place, boolean found) {
        return new Judged<>(
                new Incident(1, kind, size, place, 0, 60_000), found ? Optional.of(ALERT) : Optional.empty());
    }
}
