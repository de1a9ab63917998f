/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import java.time.Duration;

/**
 * Bounds of what is kept for reading.
 *
 * @param maxBytes of windows, about; the oldest go first
 * @param windowsKept windows older than this go; in a recording only {@code maxBytes} counts
 * @param eventsKept the oldest go first; subscribers that wanted them get a gap
 * @param alertsKept resolved alerts per tenant; the oldest go first
 */
public record StoreSettings(long maxBytes, Duration windowsKept, int eventsKept, int alertsKept) {
    public static final StoreSettings DEFAULTS = new StoreSettings(256L << 20, Duration.ofMinutes(15), 100_000, 10_000);

    /** For a recording: nothing goes for its age. */
    public StoreSettings forRecording(long recordingMaxBytes) {
        return new StoreSettings(recordingMaxBytes, Duration.ofDays(36_500), eventsKept, alertsKept);
    }
}
