/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import io.tocsin.collector.diagnosis.LimitCounts;
import io.tocsin.collector.engine.EngineCounters;
import io.tocsin.collector.ingest.IngestCounters;
import io.tocsin.collector.partition.LocalPartition;
import io.tocsin.collector.partition.LocalPartitions;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.ToLongFunction;

/** Adds up what ingest and the live partitions count. Thread-safe. */
final class LimitsOfStages implements LimitCounts.Reader {
    private final IngestCounters ingest;
    private final LocalPartitions partitions;

    @Inject
    LimitsOfStages(IngestCounters ingest, LocalPartitions partitions) {
        this.ingest = ingest;
        this.partitions = partitions;
    }

    @Override
    public LimitCounts read() {
        // a recording meets its own bounds, on purpose
        List<LocalPartition> live = partitions.local().stream()
                .filter(partition -> partition.recording().isEmpty())
                .toList();
        return new LimitCounts(
                sum(live, EngineCounters::overflowRecords),
                ingest.refused(IngestCounters.Refused.FULL),
                sum(live, EngineCounters::unwatchedGroups),
                sum(live, EngineCounters::untrackedTasks),
                sum(live, EngineCounters::undefinedRecords),
                live.stream()
                        .mapToLong(partition -> partition.seriesStore().evictedForBytes())
                        .sum(),
                ingest.producers().forgotten());
    }

    private static long sum(List<LocalPartition> live, ToLongFunction<EngineCounters> counter) {
        return live.stream()
                .mapToLong(partition -> counter.applyAsLong(partition.engineCounters()))
                .sum();
    }
}
