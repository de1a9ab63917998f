/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import java.util.concurrent.atomic.LongAdder;

/** What happened in the event log since the start. Thread-safe. */
final class EventStoreCounters {
    /** Events that were stored before. */
    final LongAdder seenAgain = new LongAdder();
    /** Those of them that are not as they were stored. */
    final LongAdder different = new LongAdder();
    /** Events that went because of their age or their number. */
    final LongAdder expired = new LongAdder();
    /** Alerts that were ended since the build that took over has not got them. */
    final LongAdder ended = new LongAdder();
}
