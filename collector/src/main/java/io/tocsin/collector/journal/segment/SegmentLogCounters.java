/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.util.concurrent.atomic.LongAdder;

/** What a log did since it was opened. Thread-safe. */
public final class SegmentLogCounters {
    final LongAdder writtenBytes = new LongAdder();
    final LongAdder forces = new LongAdder();
    final LongAdder forceNanos = new LongAdder();
    final LongAdder readBackEntries = new LongAdder();
    volatile long damagedEntries;

    /** Bytes of frames written. */
    public long writtenBytes() {
        return writtenBytes.sum();
    }

    /** Forced writes. */
    public long forces() {
        return forces.sum();
    }

    /** Time in forced writes. */
    public long forceNanos() {
        return forceNanos.sum();
    }

    /** Entries that the reader had to read from disk. */
    public long readBackEntries() {
        return readBackEntries.sum();
    }

    /** Entries that had been forced and could not be read when the log was opened. */
    public long damagedEntries() {
        return damagedEntries;
    }
}
