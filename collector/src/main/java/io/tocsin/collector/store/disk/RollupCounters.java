/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import java.util.concurrent.atomic.LongAdder;

/** What happened to rollups on disk since the start. Thread-safe. */
final class RollupCounters {
    /** Rows written. */
    final LongAdder rows = new LongAdder();
    /** Windows that found no place among series, because there were too many. */
    final LongAdder unstored = new LongAdder();
    /** Groupings that had too many groups. */
    final LongAdder groupingsGivenUp = new LongAdder();
    /** How often the engine waited, because too much waited to be written. */
    final LongAdder engineWaits = new LongAdder();
    /** Buckets that went because they were too old. */
    final LongAdder bucketsExpired = new LongAdder();
    /** Buckets that went before they were too old, for want of space. */
    final LongAdder bucketsDropped = new LongAdder();
    /** Questions whose sums went from memory, for want of space. */
    final LongAdder sumsEvicted = new LongAdder();
}
