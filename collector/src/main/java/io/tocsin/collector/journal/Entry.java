/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import io.tocsin.collector.rule.Rule;
import java.util.List;
import java.util.Map;

/** One entry of a journal. Immutable; arrays are never changed after construction. docs/delivery.md has the format. */
public sealed interface Entry {

    /**
     * Records.
     *
     * @param scope what its series and error type ids mean
     * @param sequence the batch's number in its (tenant, producer, epoch); 0: it has none
     * @param bytes an encoded {@code tocsin.v1.Batch}
     * @param rejectedRows rows that were not accepted, ascending
     * @param clockOffsetMillis to be added to every record time
     * @param receivedMillis when it was received, by the collector's clock
     * @param claim what its sender is answered when it comes again
     */
    record Batch(
            ProducerKey scope,
            long sequence,
            BatchForm form,
            byte[] bytes,
            int[] rejectedRows,
            long clockOffsetMillis,
            long receivedMillis,
            Claim claim)
            implements Entry {

        /** As if no record had been rejected, and nobody would send it again. */
        public Batch(
                ProducerKey scope,
                long sequence,
                BatchForm form,
                byte[] bytes,
                int[] rejectedRows,
                long clockOffsetMillis,
                long receivedMillis) {
            this(
                    scope,
                    sequence,
                    form,
                    bytes,
                    rejectedRows,
                    clockOffsetMillis,
                    receivedMillis,
                    new Claim(scope, 0, List.of()));
        }
    }

    /**
     * A batch as its sender knows it. The engine has no use for it.
     *
     * @param key whose sequence it is; the batch's scope but for pushes
     * @param contentHash of the bytes as received
     * @param rejections in the order in which they were answered
     */
    record Claim(ProducerKey key, long contentHash, List<RejectedRecord> rejections) {
        public Claim {
            rejections = List.copyOf(rejections);
        }
    }

    /** What ids mean from here on. */
    record Definitions(ProducerKey scope, List<SeriesDefinition> series, List<ErrorTypeDefinition> errorTypes)
            implements Entry {
        public Definitions {
            series = List.copyOf(series);
            errorTypes = List.copyOf(errorTypes);
        }
    }

    /** Engine time is now this; never less than before. */
    record Tick(long engineMillis) implements Entry {}

    /** The wall clock jumped; engine time goes on without it. */
    record ClockJumped(long byMillis) implements Entry {}

    /** A producer's liveness changed, at this engine time. */
    record LivenessChanged(ProducerKey producer, Liveness liveness, long atMillis) implements Entry {}

    /** Data of a tenant was refused in this interval: silence in it proves nothing. */
    record Refused(String tenant, long fromMillis, long toMillis, long batches) implements Entry {}

    /** A rule is added, or replaced if there is one of that name. */
    record RuleSet(String tenant, Rule rule) implements Entry {}

    /** A rule is removed. */
    record RuleRemoved(String tenant, String name) implements Entry {}

    /**
     * A collector has begun to write this journal.
     *
     * @param build its version
     * @param detectors hash of the jar that brings each detector, by detector name
     * @param alerting whether alerts are made from here on
     */
    record Started(String build, Map<String, String> detectors, boolean alerting) implements Entry {
        public Started {
            detectors = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(detectors));
        }
    }

    /**
     * Somebody takes care of an alert. The engine decides: it does nothing if the alert does not fire by then.
     *
     * @param by who, as they said
     * @param note what they wanted to say, perhaps ""
     */
    record AlertAcknowledged(String tenant, String alertId, String by, String note) implements Entry {}

    /** A recording's last record has been written. */
    record Ended() implements Entry {}

    /** Stands where an entry was that cannot be read any more, so that those after it keep their offsets. Never written. */
    record Damaged() implements Entry {}
}
