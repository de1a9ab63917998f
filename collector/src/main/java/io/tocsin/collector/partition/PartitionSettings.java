/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import io.tocsin.collector.engine.EngineSettings;
import io.tocsin.collector.journal.JournalSettings;
import io.tocsin.collector.journal.segment.SegmentLogSettings;
import io.tocsin.collector.store.StoreSettings;
import io.tocsin.collector.store.disk.DiskSettings;

/**
 * Bounds of all stages of a partition, and of recordings.
 *
 * @param log bounds of the journal on disk
 * @param disk how long the store on disk keeps things
 * @param checkpoints when they are taken
 * @param livePartitions tenants are spread over these
 * @param maxRecordings per tenant
 * @param recordingMaxBytes of windows that a recording keeps
 * @param alerting whether alerts are made
 */
public record PartitionSettings(
        JournalSettings journal,
        SegmentLogSettings log,
        EngineSettings engine,
        StoreSettings store,
        DiskSettings disk,
        CheckpointSettings checkpoints,
        int livePartitions,
        int maxRecordings,
        long recordingMaxBytes,
        boolean alerting) {
    public static final PartitionSettings DEFAULTS = new PartitionSettings(
            JournalSettings.DEFAULTS,
            SegmentLogSettings.DEFAULTS,
            EngineSettings.DEFAULTS,
            StoreSettings.DEFAULTS,
            DiskSettings.DEFAULTS,
            CheckpointSettings.DEFAULTS,
            1,
            8,
            1L << 30,
            true);
}
