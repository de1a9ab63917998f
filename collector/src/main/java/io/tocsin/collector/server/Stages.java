/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.tocsin.collector.admin.AdminDoor;
import io.tocsin.collector.backup.Backups;
import io.tocsin.collector.http.HttpCounters;
import io.tocsin.collector.ingest.IngestCounters;
import io.tocsin.collector.ingest.IngestDoor;
import io.tocsin.collector.notify.Notifier;
import io.tocsin.collector.partition.LocalPartitions;
import io.tocsin.collector.query.QueryCounters;
import io.tocsin.collector.query.QueryDoor;
import io.tocsin.collector.stream.AlertDoor;
import io.tocsin.collector.stream.SubscriptionCounters;
import io.tocsin.collector.telemetry.Telemetry;
import io.tocsin.collector.telemetry.Tracing;
import jakarta.inject.Inject;
import java.util.List;

/** All that is started and stopped, wired. */
public record Stages(
        Telemetry telemetry,
        Tracing tracing,
        LocalPartitions partitions,
        Backups backups,
        AlertDoor alerts,
        Notifier notifier,
        QueryDoor queries,
        AdminDoor admin,
        IngestDoor ingest,
        IngestCounters ingestCounters,
        SubscriptionCounters subscriptionCounters,
        QueryCounters queryCounters,
        HttpCounters httpCounters,
        ServerInterceptor tenant,
        CallThreads threads) {
    @Inject
    public Stages {}

    List<BindableService> services() {
        return List.of(ingest, queries, alerts, admin);
    }
}
