/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import java.time.Duration;

/**
 * Bounds of what is kept for reading. Windows that are too old, or too many, become rollups of a minute, these of five minutes, these of half an
 * hour.
 *
 * @param maxBytes of windows, about; the oldest go first
 * @param windowsKept windows older than this go; in a recording only {@code maxBytes} counts
 * @param maxRollupBytes of rollups of all lengths, about; the oldest are lost first
 * @param minutesKept rollups of a minute older than this go
 * @param fiveMinutesKept of five minutes
 * @param halfHoursKept of half an hour, which are lost then; in a recording they are not
 * @param eventsKept the oldest go first; subscribers that wanted them get a gap
 * @param alertsKept resolved alerts per tenant; the oldest go first
 */
public record StoreSettings(
        long maxBytes,
        Duration windowsKept,
        long maxRollupBytes,
        Duration minutesKept,
        Duration fiveMinutesKept,
        Duration halfHoursKept,
        int eventsKept,
        int alertsKept) {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    public static final StoreSettings DEFAULTS = new StoreSettings(
            256L << 20,
            Duration.ofMinutes(15),
            384L << 20,
            Duration.ofHours(3),
            Duration.ofHours(26),
            Duration.ofDays(8),
            100_000,
            10_000);

    /** For a recording: nothing goes for its age. */
    public StoreSettings forRecording(long recordingMaxBytes) {
        return new StoreSettings(
                recordingMaxBytes,
                FOR_EVER,
                maxRollupBytes,
                minutesKept,
                fiveMinutesKept,
                FOR_EVER,
                eventsKept,
                alertsKept);
    }
}
