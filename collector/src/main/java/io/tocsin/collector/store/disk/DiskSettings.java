/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import java.time.Duration;
import java.util.List;

/**
 * How long what is on disk is kept, by engine time; rollups by whole buckets, so up to a bucket longer.
 *
 * @param eventsKept events older than this go, if not for their number before
 * @param tenSecondsKept rollups of ten seconds, which groups have
 * @param minutesKept rollups of a minute
 * @param hoursKept rollups of an hour
 * @param maxBytes of all files; beyond it the oldest of the finest rollups go
 * @param groupings kept for every tenant, beside those of its rules
 */
public record DiskSettings(
        Duration eventsKept,
        Duration tenSecondsKept,
        Duration minutesKept,
        Duration hoursKept,
        long maxBytes,
        List<Grouping> groupings) {
    public static final DiskSettings DEFAULTS = new DiskSettings(
            Duration.ofDays(400), Duration.ofDays(2), Duration.ofDays(30), Duration.ofDays(395), 50L << 30, List.of());

    public DiskSettings {
        groupings = List.copyOf(groupings);
    }
}
