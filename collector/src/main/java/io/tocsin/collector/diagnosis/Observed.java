/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.detection.RuleViews.RuleView;
import io.tocsin.collector.ingest.ProducerView;
import io.tocsin.collector.partition.PartitionStatus;
import io.tocsin.collector.plugin.Plugin;
import io.tocsin.collector.series.SeriesKey;
import java.util.List;

/**
 * What there is to look at, of one tenant at one moment. Immutable.
 *
 * @param nowMillis the collector's clock
 * @param producers heard last first
 * @param series that are kept, in order of their keys
 * @param rules by name
 * @param alerts that are kept, newest change first
 */
record Observed(
        long nowMillis,
        List<ProducerView> producers,
        PartitionStatus status,
        List<SeriesKey> series,
        List<RuleView> rules,
        List<Plugin> plugins,
        List<Alert> alerts,
        LimitCounts limits,
        TraceStanding.Seen traces,
        List<ChannelStanding.Seen> channels) {}
