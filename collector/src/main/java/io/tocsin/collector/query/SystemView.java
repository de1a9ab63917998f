/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.series.Attributes;
import io.tocsin.detectors.Severity;
import io.tocsin.v1.Slo;
import io.tocsin.v1.SloStatus;
import io.tocsin.v1.SystemHealth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How what is watched is doing, as far as SLOs and detectors tell. What fires counts though no producer is alive any more: an outage may be
 * the reason why.
 */
final class SystemView {
    /** Further ones are counted in one more reason. */
    private static final int MOST_REASONS = 20;

    private SystemView() {}

    static SystemHealth of(Partition partition, String tenant, List<Slo> slos) {
        List<Alert> firing = OpenAlerts.worstFirst(partition, tenant).stream()
                .filter(alert -> alert.state().isFiring() && alert.severity().compareTo(Severity.MEDIUM) >= 0)
                .toList();
        List<Slo> troubled = slos.stream()
                .filter(slo -> slo.getStatus() == SloStatus.SLO_STATUS_BREACHED
                        || slo.getStatus() == SloStatus.SLO_STATUS_AT_RISK)
                .sorted(Comparator.comparing(slo -> slo.getStatus() != SloStatus.SLO_STATUS_BREACHED))
                .toList();
        List<String> reasons = new ArrayList<>();
        firing.forEach(alert -> reasons.add(reason(alert)));
        troubled.forEach(slo -> reasons.add(reason(slo)));
        SystemHealth.Builder health = SystemHealth.newBuilder();
        if (firing.stream().anyMatch(alert -> alert.severity() == Severity.CRITICAL)) {
            health.setStatus(SystemHealth.Status.STATUS_UNHEALTHY);
        } else if (!reasons.isEmpty()) {
            health.setStatus(SystemHealth.Status.STATUS_DEGRADED);
        } else {
            health.setStatus(quiet(partition, tenant, reasons));
        }
        return health.addAllReasons(bounded(reasons)).build();
    }

    /** Nothing is told to be wrong: is anything told at all? */
    private static SystemHealth.Status quiet(Partition partition, String tenant, List<String> reasons) {
        if (partition.recording().isPresent()) {
            if (partition.recording().get().records() == 0) {
                reasons.add("the recording has no records");
            }
        } else if (partition.status().producers().getOrDefault("alive", 0) == 0) {
            reasons.add("no producer is alive");
        }
        if (partition.rules().rules(tenant).stream().mapToInt(RuleView::groups).sum() == 0) {
            reasons.add("no rule has judged anything yet");
        }
        return reasons.isEmpty() ? SystemHealth.Status.STATUS_HEALTHY : SystemHealth.Status.STATUS_UNKNOWN;
    }

    private static String reason(Alert alert) {
        return "alert " + alert.rule() + of(alert.group()) + " fires, "
                + alert.severity().name().toLowerCase(Locale.ROOT) + ": "
                + alert.evidence().text();
    }

    private static String reason(Slo slo) {
        String how = slo.getStatus() == SloStatus.SLO_STATUS_BREACHED ? " is breached" : " is at risk";
        return "SLO " + slo.getName() + how + ", " + Math.round(100 * slo.getBudgetRemaining())
                + " % of its budget is left";
    }

    private static String of(Attributes group) {
        return group.isEmpty() ? "" : " of " + String.join(", ", group.asMap().values());
    }

    private static List<String> bounded(List<String> reasons) {
        if (reasons.size() <= MOST_REASONS) {
            return reasons;
        }
        List<String> first = new ArrayList<>(reasons.subList(0, MOST_REASONS));
        first.add("and " + (reasons.size() - MOST_REASONS) + " more");
        return first;
    }
}
