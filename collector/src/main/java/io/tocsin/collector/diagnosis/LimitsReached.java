/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** Whether a bound was met. */
final class LimitsReached implements Check {
    private static final String NAME = "limits";

    @Override
    public List<Diagnosis> look(Observed observed) {
        LimitCounts limits = observed.limits();
        List<Diagnosis> found = new ArrayList<>();
        trouble(
                found,
                limits.overflowRecords(),
                Words.count(limits.overflowRecords(), "record")
                        + " went to overflow series, because there were too many series",
                "find the attribute with too many values (a request id, a user) and leave it out; or raise monitoring.series.max");
        trouble(
                found,
                limits.undefinedRecords(),
                Words.count(limits.undefinedRecords(), "record")
                        + " were lost, because their producer's definitions had gone",
                "there were more than 100,000 producers: give each service instance one producer, not each request");
        trouble(
                found,
                limits.refusedBatches(),
                Words.count(limits.refusedBatches(), "batch").replace("batchs", "batches")
                        + " were told to come again, because too much waited",
                "see whether the engine is behind (slo-updates); if it is only bursts, raise monitoring.ingest.max-bytes-in-flight and monitoring.journal.max-waiting-bytes");
        trouble(
                found,
                limits.unwatchedGroups(),
                Words.count(limits.unwatchedGroups(), "group") + " are not watched, because their rule has too many",
                "group by fewer attributes, or raise monitoring.detection.max-groups-per-rule");
        notice(
                found,
                limits.untrackedTasks(),
                Words.count(limits.untrackedTasks(), "started task")
                        + " were not watched, because more than 100,000 were open",
                "see whether their outcomes arrive at all, and give starts a deadline");
        notice(
                found,
                limits.evictedSpans(),
                "windows went before their time " + Words.count(limits.evictedSpans(), "time") + ", for want of memory",
                "raise monitoring.store.max-bytes, or lower monitoring.store.seconds-kept");
        notice(
                found,
                limits.forgottenProducers(),
                Words.count(limits.forgottenProducers(), "producer")
                        + " are not shown any more, because there were too many",
                "give each service instance one producer id, kept while it runs");
        if (found.isEmpty()) {
            found.add(Diagnosis.ok(NAME, "no bound was met since the collector started"));
        }
        return found;
    }

    private static void trouble(List<Diagnosis> found, long count, String seen, String remedy) {
        if (count > 0) {
            found.add(Diagnosis.trouble(NAME, seen, remedy));
        }
    }

    private static void notice(List<Diagnosis> found, long count, String seen, String remedy) {
        if (count > 0) {
            found.add(Diagnosis.notice(NAME, seen, remedy));
        }
    }
}
