/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.tocsin.collector.journal.RejectedRecord;
import java.util.Map;

/**
 * A producer, at one moment. Immutable.
 *
 * @param name as in Hello; "" for pushes without a key
 * @param client as in Hello; "" for pushes
 * @param clockOffsetMillis collector minus producer, as measured last; 0 for pushes
 * @param heardMillis when it was heard last, by the collector's clock
 * @param accepted records in the journal
 * @param rejected records that were not taken, by reason; only reasons that occurred
 */
public record ProducerView(
        String name,
        long epoch,
        String client,
        Standing standing,
        long clockOffsetMillis,
        long heardMillis,
        long accepted,
        Map<RejectedRecord.Reason, Long> rejected) {

    /** How it stands. */
    public enum Standing {
        ALIVE("alive"),
        LOST("lost"),
        STOPPED("stopped"),
        /** Sends no heartbeats, so nobody can tell. */
        PUSHES("");

        private final String word;

        Standing(String word) {
            this.word = word;
        }

        /** As users see it. */
        public String word() {
            return word;
        }
    }

    public ProducerView {
        rejected = Map.copyOf(rejected);
    }

    /** Of all reasons. */
    public long rejectedRecords() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
