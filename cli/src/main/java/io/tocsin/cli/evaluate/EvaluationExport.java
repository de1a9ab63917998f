/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.cli.evaluate;

import io.tocsin.cli.console.JsonFile;
import io.tocsin.cli.scoring.FiredAlert;
import io.tocsin.cli.scoring.Judged;
import io.tocsin.cli.simulation.Incident;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An evaluation as JSON: every incident and every false alarm. Stateless. */
final class EvaluationExport {
    private EvaluationExport() {}

    static void write(Path file, long seed, Evaluation evaluation) {
        List<Map<String, Object>> incidents = new ArrayList<>();
        for (Judged<Incident> judged : evaluation.judged()) {
            Incident incident = judged.incident();
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("kind", incident.kind().text());
            one.put("size", incident.size());
            one.put("promised", incident.promised());
            one.put("place", incident.place().toString());
            one.put("injected_at", Instant.ofEpochMilli(incident.startMillis()).toString());
            one.put("lasted_ms", incident.endMillis() - incident.startMillis());
            one.put("detected_by", JsonFile.orNull(judged.foundBy().map(FiredAlert::name)));
            one.put("delay_ms", JsonFile.orNull(judged.delayMillis()));
            incidents.add(one);
        }
        List<Map<String, Object>> falseAlarms = new ArrayList<>();
        for (FiredAlert alert : evaluation.falseAlarms()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("alert", alert.name());
            one.put("subject", alert.subject());
            one.put("fired_at", Instant.ofEpochMilli(alert.firedAtMillis()).toString());
            falseAlarms.add(one);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("seed", seed);
        result.put("hours", evaluation.hours());
        result.put("records", evaluation.records());
        result.put("missed", evaluation.missed().size());
        result.put("false_alarms", falseAlarms.size());
        result.put("false_alarms_per_10h_upper95", evaluation.falseAlarmsPerTenHoursUpper95());
        result.put("incidents", incidents);
        result.put("false_alarm_list", falseAlarms);
        JsonFile.write(file, result);
    }
}
