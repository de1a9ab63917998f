/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.demo;

import io.tocsin.cli.console.JsonFile;
import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Judged;
import io.tocsin.cli.scoring.Scorecard;
import io.tocsin.cli.simulation.Incident;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The demo's result as JSON. Stateless. */
final class DemoExport {
    private DemoExport() {}

    /**
     * Writes {@code {"seed", "incidents": [{"kind", "size", "injected_at", "detected_by", "delay_ms"}], "missed",
     * "false_alarms"}}; the last two of a missed incident are null.
     */
    static void write(Path file, long seed, Scorecard<Incident> card) {
        List<Map<String, Object>> incidents = new ArrayList<>();
        for (Judged<Incident> judged : card.judged()) {
            Map<String, Object> incident = new LinkedHashMap<>();
            incident.put("kind", judged.incident().kind().text());
            incident.put("size", judged.incident().size());
            incident.put(
                    "injected_at",
                    Instant.ofEpochMilli(judged.incident().startMillis()).toString());
            incident.put("detected_by", JsonFile.orNull(judged.foundBy().map(FiredAlert::name)));
            incident.put("delay_ms", JsonFile.orNull(judged.delayMillis()));
            incidents.add(incident);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("seed", seed);
        result.put("incidents", incidents);
        result.put("missed", card.missed());
        result.put("false_alarms", card.falseAlarms().size());
        JsonFile.write(file, result);
    }
}
