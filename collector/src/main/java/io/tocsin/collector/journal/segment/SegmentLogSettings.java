/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

/**
 * Bounds of a log.
 *
 * @param segmentBytes a file that is as long as this is the last one of its kind; longer by a group at most
 * @param recentBytes entries that are kept in memory for the reader; older ones are read from disk
 * @param spareSegments removed files that are kept to be written over, which costs less than to grow new ones
 */
public record SegmentLogSettings(long segmentBytes, long recentBytes, int spareSegments) {
    public static final SegmentLogSettings DEFAULTS = new SegmentLogSettings(128L << 20, 32L << 20, 2);
}
