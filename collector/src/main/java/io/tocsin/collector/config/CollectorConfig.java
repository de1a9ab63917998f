/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Every setting, declared once: key, type, default, bounds and help. The key follows from the path: {@code monitoring.grpc.port}. */
@ConfigMapping(prefix = CollectorConfig.PREFIX)
public interface CollectorConfig {
    String PREFIX = "monitoring";

    GrpcConfig grpc();

    HttpConfig http();

    PluginsConfig plugins();

    IngestConfig ingest();

    SeriesConfig series();

    JournalConfig journal();

    CheckpointsConfig checkpoints();

    BackupsConfig backups();

    ProducersConfig producers();

    WindowsConfig windows();

    DetectionConfig detection();

    StoreConfig store();

    RecordingsConfig recordings();

    QueryConfig query();

    SubscriptionsConfig subscriptions();

    SloConfig slo();

    AnomalyDetectionConfig anomalyDetection();

    AlertingConfig alerting();

    WebhookConfig webhook();

    NotificationsConfig notifications();

    HeartbeatConfig heartbeat();

    OpenTelemetryConfig opentelemetry();

    JaegerConfig jaeger();

    LogConfig log();

    @Help("settings that belong together, and which sections of the file hold")
    @WithDefault("development")
    Profile profile();

    @Help("name of this collector in its traces")
    @WithDefault("tocsin")
    String serviceName();

    @Help("whether all is kept in memory and gone after a restart; for tests and throw-away demos")
    @WithDefault("false")
    boolean inMemory();

    @Help("directory of what survives a restart, held by one collector at a time; not used with monitoring.in-memory")
    @WithDefault("tocsin-data")
    Path dataDir();

    @Help("partitions of live data; a tenant belongs to one")
    @WithDefault("1")
    @Bounds(least = "1", most = "64")
    int partitions();

    @Help("whether the rules that come with Tocsin are on")
    @WithDefault("true")
    boolean defaultRules();
}
