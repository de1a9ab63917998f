/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.partition.Partition;
import io.tocsin.detectors.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Alerts that are not resolved. */
final class OpenAlerts {
    /** Firing before pending, then most severe, then highest score, then newest. */
    private static final Comparator<Alert> WORST = Comparator.comparing(
                    (Alert alert) -> alert.state() == AlertState.PENDING)
            .thenComparing(Comparator.comparing(Alert::severity).reversed())
            .thenComparing(Comparator.comparingDouble(Alert::peakScore).reversed())
            .thenComparing(Comparator.comparingLong(Alert::startedMillis).reversed())
            .thenComparing(Alert::id);

    private OpenAlerts() {}

    static List<Alert> worstFirst(Partition partition, String tenant) {
        return partition.alerts().alerts(tenant).stream()
                .filter(alert -> alert.state() != AlertState.RESOLVED)
                .sorted(WORST)
                .toList();
    }

    /** How many of these fire, acknowledged ones too, by severity in lower case; severities without any are 0. */
    static Map<String, Integer> firingBySeverity(List<Alert> alerts) {
        return bySeverity(alerts.stream().filter(alert -> alert.state().isFiring()));
    }

    static Map<String, Integer> bySeverity(Stream<Alert> alerts) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Severity severity : Severity.values()) {
            counts.put(severity.name().toLowerCase(Locale.ROOT), 0);
        }
        alerts.forEach(alert -> counts.merge(alert.severity().name().toLowerCase(Locale.ROOT), 1, Integer::sum));
        return counts;
    }
}
