/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.call.CallTimes;
import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.notify.ChannelHealth;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.PartitionStatus;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.collector.partition.RecordingStatus;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.plugin.Plugin;
import io.tocsin.v1.GetHealthResponse;
import io.tocsin.v1.PartitionHealth;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the collector is, as one tenant sees it: its live partition and its recordings. Thread-safe. */
final class HealthView {
    /** Further behind than this, the engine judges too late to be called well. */
    static final long TOLERATED_LAG_MILLIS = 5_000;

    private final Partitions partitions;
    private final DetectorCatalog catalog;
    private final BuildInfo build;
    private final ChannelHealth channels;
    private final SloViews slos;
    private final InstantSource clock;

    HealthView(
            Partitions partitions,
            DetectorCatalog catalog,
            BuildInfo build,
            ChannelHealth channels,
            SloViews slos,
            InstantSource clock) {
        this.channels = channels;
        this.slos = slos;
        this.partitions = partitions;
        this.catalog = catalog;
        this.build = build;
        this.clock = clock;
    }

    GetHealthResponse of(String tenant) {
        Partition live = partitions.live(tenant);
        List<Partition> all = new ArrayList<>();
        all.add(live);
        all.addAll(partitions.recordings(tenant));
        List<String> reasons = new ArrayList<>();
        Map<String, Integer> producers = new TreeMap<>();
        GetHealthResponse.Builder health = GetHealthResponse.newBuilder()
                .setVersion(build.version())
                .setUptime(CallTimes.duration(Math.max(0, clock.millis() - build.startedMillis())))
                .setFiringAlerts(live.alerts().firing(tenant))
                .setSystem(SystemView.of(live, tenant, slos.all(live, tenant)));
        for (Partition partition : all) {
            PartitionStatus status = partition.status();
            health.addPartitions(partition(partition, status));
            addReasons(partition, status, reasons);
        }
        live.status().producers().forEach((liveness, count) -> producers.merge(liveness, count, Integer::sum));
        addRuleReasons(live.rules().rules(tenant), reasons);
        reasons.addAll(channels.problems());
        for (Plugin plugin : catalog.plugins()) {
            if (!plugin.problem().isEmpty()) {
                reasons.add("plugin " + plugin.name() + " could not be loaded: " + plugin.problem());
            }
        }
        boolean down = !live.status().problem().isEmpty();
        return health.setStatus(
                        down
                                ? GetHealthResponse.Status.STATUS_DOWN
                                : reasons.isEmpty()
                                        ? GetHealthResponse.Status.STATUS_OK
                                        : GetHealthResponse.Status.STATUS_DEGRADED)
                .addAllReasons(reasons)
                .putAllProducers(producers)
                .build();
    }

    private static void addReasons(Partition partition, PartitionStatus status, List<String> reasons) {
        String name = partition.recording().map(r -> "recording " + r.name()).orElse("partition " + partition.number());
        String full = partition.intake().full();
        if (!full.isEmpty()) {
            reasons.add(name + " takes no batches: " + full);
        }
        if (!status.problem().isEmpty()) {
            reasons.add("the engine of " + name + " stands still: " + status.problem());
        } else if (status.lagMillis() > TOLERATED_LAG_MILLIS
                && partition.recording().isEmpty()) {
            reasons.add("the engine of " + name + " is " + status.lagMillis() + " ms behind, tolerated are "
                    + TOLERATED_LAG_MILLIS);
        }
    }

    private static void addRuleReasons(List<RuleView> rules, List<String> reasons) {
        for (RuleView rule : rules) {
            if (!rule.problem().isEmpty()) {
                reasons.add("rule " + rule.rule().name() + " does not run: " + rule.problem());
            } else if (rule.setAside() > 0) {
                reasons.add("rule " + rule.rule().name() + " has " + rule.setAside()
                        + " groups whose detector was set aside after failing");
            }
        }
    }

    private static PartitionHealth partition(Partition partition, PartitionStatus status) {
        PartitionHealth.Builder health = PartitionHealth.newBuilder()
                .setPartition(partition.number())
                .setRecording(partition.recording().map(RecordingStatus::name).orElse(""))
                .setJournalOffset(status.journalOffset())
                .setAppliedOffset(status.appliedOffset())
                .setLag(CallTimes.duration(status.lagMillis()))
                .setSeries(status.series());
        if (status.engineMillis() != 0) {
            health.setEngineTime(CallTimes.timestamp(status.engineMillis()));
        }
        return health.build();
    }
}
