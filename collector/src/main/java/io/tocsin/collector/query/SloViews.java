/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallErrors;
import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.call.Ordering;
import io.tocsin.collector.call.Page;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.detection.RuleViews.GroupView;
import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.stream.ProtoAlerts;
import io.tocsin.detectors.Gauges;
import io.tocsin.v1.Attribute;
import io.tocsin.v1.GetSloResponse;
import io.tocsin.v1.ListSlosResponse;
import io.tocsin.v1.Slo;
import io.tocsin.v1.SloStatus;
import io.tocsin.v1.WatchSlosResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * SLOs as their detectors tell them. The status of each, the first that holds:
 *
 * <ol>
 *   <li>NO_DATA: no event in the window (an SLO of type throughput has always data: none is what it watches for);
 *   <li>BREACHED: it attained less than its target, though too few events may have come for its detector to count a breach or to
 *       alarm; or its detector says so, whose word alone counts for throughput;
 *   <li>AT_RISK: an alert of the rule about this group is firing;
 *   <li>MET.
 * </ol>
 *
 * Thread-safe.
 */
final class SloViews {
    private static final Ordering<Slo> ORDERS = new Ordering<Slo>(Comparator.comparing(Slo::getName)
                    .thenComparing(slo ->
                            slo.getGroupList().stream().map(Attribute::getValue).collect(Collectors.joining("\n"))))
            .leastFirst("budget_remaining", lastWithoutData(Comparator.comparingDouble(Slo::getBudgetRemaining)))
            .leastFirst("name", Comparator.comparing(Slo::getName))
            .leastFirst("attained", lastWithoutData(Comparator.comparingDouble(Slo::getAttained)))
            .greatestFirst("breaches", Comparator.comparingLong(Slo::getBreaches));
    private static final Comparator<Slo> LEAST_BUDGET = ORDERS.of("order_by", "");

    private final SloRules rules;

    SloViews(DetectorCatalog catalog) {
        this.rules = new SloRules(catalog);
    }

    private static Comparator<Slo> lastWithoutData(Comparator<Slo> order) {
        return Comparator.comparing((Slo slo) -> slo.getStatus() == SloStatus.SLO_STATUS_NO_DATA)
                .thenComparing(order);
    }

    ListSlosResponse list(Partition partition, String tenant, SloFilters filter, Comparator<Slo> order, Page page) {
        List<Slo> all = all(partition, tenant, filter, order);
        int from = Math.min(page.offset(), all.size());
        int to = Math.min(all.size(), from + page.size());
        return ListSlosResponse.newBuilder()
                .addAllSlos(all.subList(from, to))
                .setNextPageToken(to < all.size() ? page.next(new Page.Place(0, 0, Integer.toString(to))) : "")
                .build();
    }

    /** What {@code asked} means; throws INVALID_ARGUMENT. */
    static Comparator<Slo> order(String asked) {
        return ORDERS.of("order_by", asked);
    }

    /** As they are now, least budget left first; at most 1,000. */
    WatchSlosResponse watched(Partition partition, String tenant, SloFilters filter) {
        List<Slo> all = all(partition, tenant, filter, LEAST_BUDGET);
        return WatchSlosResponse.newBuilder()
                .addAllSlos(all.subList(0, Math.min(Page.MAX_SIZE, all.size())))
                .setTruncated(all.size() > Page.MAX_SIZE)
                .setTime(CallTimes.timestamp(partition.status().engineMillis()))
                .build();
    }

    private List<Slo> all(Partition partition, String tenant, SloFilters filter, Comparator<Slo> order) {
        List<Slo> all = all(partition, tenant);
        filter.requireKnown(all);
        return all.stream().filter(filter::takes).sorted(order).toList();
    }

    /** Throws NOT_FOUND naming those there are. */
    GetSloResponse get(Partition partition, String tenant, String name) {
        List<Slo> all = all(partition, tenant);
        List<Slo> named = all.stream().filter(slo -> slo.getName().equals(name)).toList();
        if (named.isEmpty()) {
            throw CallErrors.notFound(
                    "SLO",
                    name,
                    all.stream().map(Slo::getName).distinct().sorted().toList());
        }
        return GetSloResponse.newBuilder().addAllSlos(named).build();
    }

    /** Least budget left first; without data last. */
    List<Slo> all(Partition partition, String tenant) {
        Map<String, List<GroupView>> groups = new HashMap<>();
        for (GroupView group : partition.rules().groups(tenant)) {
            if (group.gauges().containsKey(Gauges.SLO_TARGET)) {
                groups.computeIfAbsent(group.rule(), rule -> new ArrayList<>()).add(group);
            }
        }
        List<Alert> firing = partition.alerts().alerts(tenant).stream()
                .filter(alert -> alert.state().isFiring())
                .toList();
        List<Slo> slos = new ArrayList<>();
        for (RuleView view : partition.rules().rules(tenant)) {
            List<GroupView> told = groups.getOrDefault(view.rule().name(), List.of());
            for (GroupView group : told) {
                slos.add(slo(view, group, firing));
            }
            if (told.isEmpty() && rules.keepsSlo(view.rule())) {
                slos.add(withoutData(view));
            }
        }
        slos.sort(LEAST_BUDGET);
        return slos;
    }

    private Slo slo(RuleView view, GroupView group, List<Alert> firing) {
        Map<String, Double> gauges = group.gauges();
        Slo.Builder slo = Slo.newBuilder()
                .setName(view.rule().name())
                .setType(rules.type(view.rule()))
                .addAllGroup(ProtoAlerts.attributes(group.group()))
                .setTarget(number(gauges, Gauges.SLO_TARGET, 0))
                .setWindow(CallTimes.duration((long) (1_000 * number(gauges, Gauges.SLO_WINDOW, 0))))
                .setGood((long) number(gauges, Gauges.SLO_GOOD, 0))
                .setTotal((long) number(gauges, Gauges.SLO_TOTAL, 0))
                .setBudgetRemaining(number(gauges, Gauges.SLO_BUDGET_REMAINING, 1))
                .setBreaches((long) number(gauges, Gauges.SLO_BREACHES, 0))
                .setDescription(view.rule().description());
        slo.setAttained(
                number(gauges, Gauges.SLO_ATTAINED, slo.getTotal() == 0 ? 1 : slo.getGood() / (double) slo.getTotal()));
        gauges.forEach((name, value) -> {
            if (name.startsWith(Gauges.SLO_BURN) && Double.isFinite(value)) {
                slo.putBurnRates(name.substring(Gauges.SLO_BURN.length()), value);
            }
        });
        TimeToExhaustion.millis(
                        slo.getBudgetRemaining(), CallTimes.millis("window", slo.getWindow()), slo.getBurnRatesMap())
                .ifPresent(millis -> slo.setTimeToExhaustion(CallTimes.duration(millis)));
        for (Alert alert : firing) {
            if (alert.rule().equals(slo.getName()) && alert.group().equals(group.group())) {
                slo.addFiringAlertIds(alert.id());
            }
        }
        return slo.setStatus(status(slo, gauges)).build();
    }

    private static SloStatus status(Slo.Builder slo, Map<String, Double> gauges) {
        if (slo.getTotal() == 0 && !slo.getType().equals(SloRules.THROUGHPUT)) {
            return SloStatus.SLO_STATUS_NO_DATA;
        }
        // a rate over a window that has only begun is low without being a breach: there the detector's word counts
        boolean below = slo.getAttained() < slo.getTarget()
                && (!slo.getType().equals(SloRules.THROUGHPUT) || !gauges.containsKey(Gauges.SLO_BREACHED));
        if (below || number(gauges, Gauges.SLO_BREACHED, 0) > 0) {
            return SloStatus.SLO_STATUS_BREACHED;
        }
        return slo.getFiringAlertIdsCount() > 0 ? SloStatus.SLO_STATUS_AT_RISK : SloStatus.SLO_STATUS_MET;
    }

    private Slo withoutData(RuleView view) {
        return Slo.newBuilder()
                .setName(view.rule().name())
                .setType(rules.type(view.rule()))
                .setTarget(rules.target(view.rule()))
                .setWindow(CallTimes.duration(rules.windowMillis(view.rule())))
                .setAttained(1)
                .setBudgetRemaining(1)
                .setStatus(SloStatus.SLO_STATUS_NO_DATA)
                .setDescription(view.rule().description())
                .build();
    }

    private static double number(Map<String, Double> gauges, String name, double otherwise) {
        double value = gauges.getOrDefault(name, Double.NaN);
        return Double.isFinite(value) ? value : otherwise;
    }
}
