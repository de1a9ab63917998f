/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import io.tocsin.collector.diagnosis.TraceStanding;
import io.tocsin.collector.partition.LocalPartitions;
import io.tocsin.collector.telemetry.Tracing;
import io.tocsin.collector.telemetry.TracingStatus;
import jakarta.inject.Inject;

/** What the exporter counts, and the engines of trace ids that came. Thread-safe. */
final class TracesOfStages implements TraceStanding {
    private final Tracing tracing;
    private final LocalPartitions partitions;

    @Inject
    TracesOfStages(Tracing tracing, LocalPartitions partitions) {
        this.tracing = tracing;
        this.partitions = partitions;
    }

    @Override
    public Seen read() {
        TracingStatus status = tracing.status();
        long traced = partitions.local().stream()
                .mapToLong(partition -> partition.engineCounters().tracedRecords())
                .sum();
        return new Seen(
                status.enabled(),
                status.endpoint(),
                status.exported(),
                status.failed() + status.dropped(),
                traced,
                status.lastError());
    }
}
