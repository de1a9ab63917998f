/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.server;

import io.tocsin.collector.backup.BackupSettings;
import io.tocsin.collector.config.CollectorConfig;
import io.tocsin.collector.config.CollectorSettings;
import io.tocsin.collector.config.DiskConfig;
import io.tocsin.collector.engine.EngineSettings;
import io.tocsin.collector.http.HttpSettings;
import io.tocsin.collector.ingest.IngestSettings;
import io.tocsin.collector.journal.JournalSettings;
import io.tocsin.collector.journal.segment.SegmentLogSettings;
import io.tocsin.collector.notify.NotifySettings;
import io.tocsin.collector.partition.CheckpointSettings;
import io.tocsin.collector.partition.PartitionSettings;
import io.tocsin.collector.query.QuerySettings;
import io.tocsin.collector.query.ViewGroupings;
import io.tocsin.collector.store.StoreSettings;
import io.tocsin.collector.store.disk.DiskSettings;
import io.tocsin.collector.stream.SubscriptionSettings;
import io.tocsin.collector.telemetry.TracingSettings;
import java.util.Optional;

/** Hands each stage what it needs of the configuration, in its own words; what cannot be configured keeps the stage's default. */
public record StageSettings(
        IngestSettings ingest,
        PartitionSettings partitions,
        BackupSettings backups,
        QuerySettings queries,
        SubscriptionSettings subscriptions,
        NotifySettings notifications,
        TracingSettings tracing,
        HttpSettings http) {

    static StageSettings of(CollectorSettings settings) {
        CollectorConfig config = settings.config();
        return new StageSettings(
                ingest(config),
                partitions(config),
                backups(config),
                queries(config),
                subscriptions(config),
                settings.notifications(),
                tracing(config),
                http(config));
    }

    private static BackupSettings backups(CollectorConfig config) {
        return new BackupSettings(
                config.backups().dir(),
                config.inMemory() ? Optional.empty() : Optional.of(config.dataDir()),
                config.journal().minFreeBytes());
    }

    private static TracingSettings tracing(CollectorConfig config) {
        return new TracingSettings(
                config.opentelemetry().enabled(),
                config.jaeger().endpoint(),
                config.serviceName(),
                config.opentelemetry().samplingRatio());
    }

    private static QuerySettings queries(CollectorConfig config) {
        return new QuerySettings(
                config.query().maxWait(),
                QuerySettings.DEFAULTS.maxFreshWait(),
                config.query().maxPoints(),
                config.query().maxPagePoints(),
                config.query().maxWatches(),
                QuerySettings.DEFAULTS.maxAnswers(),
                config.query().maxAnswerBytes());
    }

    private static SubscriptionSettings subscriptions(CollectorConfig config) {
        return new SubscriptionSettings(
                config.subscriptions().max(),
                config.subscriptions().maxBehind(),
                config.subscriptions().slowAfter(),
                config.subscriptions().keepAlive());
    }

    private static HttpSettings http(CollectorConfig config) {
        return HttpSettings.DEFAULTS.with(
                config.http().maxConnections(), config.http().maxEventStreams());
    }

    private static IngestSettings ingest(CollectorConfig config) {
        return new IngestSettings(
                Math.toIntExact(config.ingest().maxBatchBytes()),
                config.ingest().maxBatchRecords(),
                config.ingest().maxBytesInFlight(),
                config.ingest().maxAhead(),
                config.ingest().retention(),
                IngestSettings.DEFAULTS.retryAfter(),
                config.series().max());
    }

    private static PartitionSettings partitions(CollectorConfig config) {
        return new PartitionSettings(
                journal(config),
                new SegmentLogSettings(
                        config.journal().segmentBytes(),
                        config.journal().recentBytes(),
                        SegmentLogSettings.DEFAULTS.spareSegments(),
                        config.journal().minFreeBytes(),
                        SegmentLogSettings.DEFAULTS.reserveBytes(),
                        SegmentLogSettings.DEFAULTS.retryNanos()),
                engine(config),
                new StoreSettings(
                        config.store().maxBytes(),
                        config.store().secondsKept(),
                        config.store().maxRollupBytes(),
                        config.store().minutesKept(),
                        config.store().fiveMinutesKept(),
                        config.store().halfHoursKept(),
                        config.store().eventsKept(),
                        config.store().alertsKept()),
                disk(config.store().disk()),
                new CheckpointSettings(
                        config.checkpoints().every(),
                        config.checkpoints().afterBytes(),
                        config.checkpoints().afterWork(),
                        config.journal().kept(),
                        config.journal().keptBytes()),
                config.partitions(),
                config.recordings().max(),
                config.recordings().storeMaxBytes(),
                config.alerting().enabled());
    }

    private static DiskSettings disk(DiskConfig config) {
        return new DiskSettings(
                config.eventsKept(),
                config.tenSecondsKept(),
                config.minutesKept(),
                config.hoursKept(),
                config.maxBytes(),
                ViewGroupings.ALL);
    }

    private static JournalSettings journal(CollectorConfig config) {
        return new JournalSettings(
                config.journal().maxWaitingBytes(),
                config.journal().groupMaxBytes(),
                JournalSettings.DEFAULTS.tickInterval(),
                config.producers().lostAfter(),
                JournalSettings.DEFAULTS.forgetAfter(),
                JournalSettings.DEFAULTS.answersKept());
    }

    private static EngineSettings engine(CollectorConfig config) {
        return new EngineSettings(
                config.series().max(),
                config.series().idleTimeout(),
                config.windows().allowance(),
                config.windows().sealAfter(),
                EngineSettings.DEFAULTS.maxOpenTasks(),
                config.detection().maxFailures(),
                config.detection().maxGroupsPerRule(),
                EngineSettings.DEFAULTS.lostCounts());
    }
}
