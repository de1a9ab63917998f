/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import io.tocsin.collector.ingest.ProducerReader;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.plugin.DetectorCatalog;
import io.tocsin.collector.series.SeriesKey;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Looks at all sides of one tenant's live data. Thread-safe. */
public final class Checkup {
    private static final List<Check> CHECKS = List.of(
            new ArrivingData(),
            new Clocks(),
            new PluginsAndDetectors(),
            new SloUpdates(),
            new FalsePositives(),
            new TraceExport(),
            new Channels(),
            new LimitsReached());

    private final ProducerReader producers;
    private final DetectorCatalog catalog;
    private final LimitCounts.Reader limits;
    private final TraceStanding traces;
    private final ChannelStanding channels;
    private final InstantSource clock;

    @Inject
    public Checkup(
            ProducerReader producers,
            DetectorCatalog catalog,
            LimitCounts.Reader limits,
            TraceStanding traces,
            ChannelStanding channels,
            InstantSource clock) {
        this.producers = producers;
        this.catalog = catalog;
        this.limits = limits;
        this.traces = traces;
        this.channels = channels;
        this.clock = clock;
    }

    /** Worst first, of equally bad ones in a fixed order of checks. */
    public List<Diagnosis> of(String tenant, Partition partition) {
        return of(new Observed(
                clock.millis(),
                producers.producers(tenant, partition.number()),
                partition.status(),
                series(tenant, partition),
                partition.rules().rules(tenant),
                catalog.plugins(),
                partition.alerts().alerts(tenant),
                limits.read(),
                traces.read(),
                channels.read()));
    }

    private static List<SeriesKey> series(String tenant, Partition partition) {
        List<SeriesKey> keys = new ArrayList<>();
        partition.series().keys(tenant, keys::add);
        return keys;
    }

    static List<Diagnosis> of(Observed observed) {
        List<Diagnosis> found = new ArrayList<>();
        CHECKS.forEach(check -> found.addAll(check.look(observed)));
        found.sort(Comparator.comparing(Diagnosis::verdict).reversed());
        return found;
    }
}
