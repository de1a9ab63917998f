/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

/**
 * How often a bound was met since the start, over all tenants. Immutable.
 *
 * @param overflowRecords taken by an overflow series, because there were too many series
 * @param refusedBatches told to come again, because too much waited
 * @param unwatchedGroups beyond what a rule may watch
 * @param untrackedTasks started tasks that were not watched
 * @param undefinedRecords lost, because their producer's definitions went
 * @param evictedSpans ten seconds of windows that went before their time, for want of memory
 * @param forgottenProducers not shown any more
 */
public record LimitCounts(
        long overflowRecords,
        long refusedBatches,
        long unwatchedGroups,
        long untrackedTasks,
        long undefinedRecords,
        long evictedSpans,
        long forgottenProducers) {
    public static final LimitCounts NONE = new LimitCounts(0, 0, 0, 0, 0, 0, 0);

    /** Where they come from. Thread-safe. */
    public interface Reader {
        LimitCounts read();
    }
}
