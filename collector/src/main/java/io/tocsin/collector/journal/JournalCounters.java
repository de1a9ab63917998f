/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import java.util.concurrent.atomic.LongAdder;

/** What a journal's writer did since it began. Thread-safe. */
public final class JournalCounters {
    final LongAdder batches = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder conflicts = new LongAdder();
    final LongAdder fenced = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder groups = new LongAdder();
    final LongAdder clockJumps = new LongAdder();

    /** Batches written. */
    public long batches() {
        return batches.sum();
    }

    /** Bytes of batches written. */
    public long bytes() {
        return bytes.sum();
    }

    /** Batches that had been accepted before. */
    public long duplicates() {
        return duplicates.sum();
    }

    /** Batches whose sequence had been used with other bytes. */
    public long conflicts() {
        return conflicts.sum();
    }

    /** Batches of an epoch that was over. */
    public long fenced() {
        return fenced.sum();
    }

    /** Batches that found too many bytes waiting. */
    public long refused() {
        return refused.sum();
    }

    /** Forced writes. */
    public long groups() {
        return groups.sum();
    }

    /** Jumps of the wall clock. */
    public long clockJumps() {
        return clockJumps.sum();
    }
}
