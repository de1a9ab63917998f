/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import io.tocsin.collector.http.Page;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.PartitionStatus;
import io.tocsin.collector.partition.Partitions;
import java.util.stream.Collectors;

/** {@code /healthz}: whether every live partition does its work. Why not is told by QueryService.GetHealth. Thread-safe. */
record HealthPage(Partitions partitions) implements Page.Maker {

    boolean isHealthy() {
        return partitions.all().stream().filter(HealthPage::isLive).allMatch(HealthPage::runs);
    }

    @Override
    public Page make(String accepted) {
        String live = partitions.all().stream()
                .filter(HealthPage::isLive)
                .map(HealthPage::show)
                .collect(Collectors.joining(","));
        boolean healthy = isHealthy();
        return Page.json(
                healthy ? 200 : 503,
                "{\"status\":\"" + (healthy ? "ok" : "down") + "\",\"partitions\":[" + live + "]}\n");
    }

    private static boolean isLive(Partition partition) {
        return partition.recording().isEmpty();
    }

    private static boolean runs(Partition partition) {
        return partition.status().problem().isEmpty();
    }

    private static String show(Partition partition) {
        PartitionStatus status = partition.status();
        return "{\"partition\":" + partition.number() + ",\"up\":" + runs(partition) + ",\"lag_ms\":"
                + status.lagMillis() + "}";
    }
}
