/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.tocsin.collector.journal.RejectedRecord;
import io.tocsin.collector.journal.RejectedRecord.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Records of one batch that are not taken, in order of rows. The first {@value #WITH_MESSAGE} have a message, later ones only their
 * reason, so that the answer to a batch of nothing but errors stays small. Not thread-safe.
 */
final class Rejections {
    static final int WITH_MESSAGE = 100;
    private final List<RejectedRecord> records = new ArrayList<>(0);

    void add(int row, Reason reason, Supplier<String> message) {
        records.add(new RejectedRecord(row, reason, records.size() < WITH_MESSAGE ? message.get() : ""));
    }

    List<RejectedRecord> records() {
        return records;
    }
}
