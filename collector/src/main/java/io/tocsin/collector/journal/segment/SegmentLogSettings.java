/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.util.concurrent.TimeUnit;

/**
 * Bounds of a log.
 *
 * @param segmentBytes a file that is as long as this is the last one of its kind; longer by a group at most
 * @param recentBytes entries that are kept in memory for the reader; older ones are read from disk
 * @param spareSegments removed files that are kept to be written over, which costs less than to grow new ones
 * @param minFreeBytes of the disk; while there are fewer, no batches are taken
 * @param reserveBytes of a file that is written beforehand, and takes all but batches when the disk is full
 * @param retryNanos between two looks whether there is room again
 */
public record SegmentLogSettings(
        long segmentBytes, long recentBytes, int spareSegments, long minFreeBytes, int reserveBytes, long retryNanos) {
    public static final SegmentLogSettings DEFAULTS =
            new SegmentLogSettings(128L << 20, 32L << 20, 2, 128L << 20, 16 << 20, TimeUnit.SECONDS.toNanos(1));
}
