/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Scorecard;
import io.tocsin.cli.simulation.Incident;
import io.tocsin.cli.simulation.IncidentKind;
import io.tocsin.cli.simulation.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoExportTest {
    @TempDir
    Path folder;

    @Test
    void writesExactlyWhatIsPromised() throws IOException {
        List<Incident> incidents = List.of(
                new Incident(1, IncidentKind.LATENCY_SPIKE, 3.5, Place.agentType("coder"), 1_000, 9_000),
                new Incident(2, IncidentKind.SILENCE, 6, Place.everywhere(), 20_000, 26_000));
        FiredAlert alert = new FiredAlert("latency-spike", "latency", Map.of("gen_ai.agent.name", "coder"), 2_250);
        Path file = folder.resolve("demo.json");

        DemoExport.write(file, 42, Scorecard.of(incidents, List.of(alert), 5_000));

        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertThat(json.keySet()).containsExactly("seed", "incidents", "missed", "false_alarms");
        assertThat(json.get("seed").getAsLong()).isEqualTo(42);
        assertThat(json.get("missed").getAsInt()).isEqualTo(1);
        assertThat(json.get("false_alarms").getAsInt()).isZero();
        JsonObject first = json.getAsJsonArray("incidents").get(0).getAsJsonObject();
        assertThat(first.keySet()).containsExactly("kind", "size", "injected_at", "detected_by", "delay_ms");
        assertThat(first.get("kind").getAsString()).isEqualTo("latency-spike");
        assertThat(first.get("injected_at").getAsString()).isEqualTo("1970-01-01T00:00:01Z");
        assertThat(first.get("detected_by").getAsString()).isEqualTo("latency-spike");
        assertThat(first.get("delay_ms").getAsLong()).isEqualTo(1_250);
        assertThat(json.getAsJsonArray("incidents")
                        .get(1)
                        .getAsJsonObject()
                        .get("delay_ms")
                        .isJsonNull())
                .isTrue();
    }
}
