/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import java.time.Duration;

/**
 * Limits of the way in. Immutable.
 *
 * @param maxBatchBytes of one encoded batch
 * @param maxBatchRecords of one batch
 * @param maxBytesInFlight of all batches that are received and not answered yet; more are refused with a time to try again
 * @param maxAhead how far a live record's time may be ahead of the collector's clock, after correction
 * @param retention how old a live record may be
 * @param retryAfter what refused senders are told to wait
 * @param maxPushSeries series that {@code Push} remembers per tenant before it numbers them anew
 */
public record IngestSettings(
        int maxBatchBytes,
        int maxBatchRecords,
        long maxBytesInFlight,
        Duration maxAhead,
        Duration retention,
        Duration retryAfter,
        int maxPushSeries) {
    public static final IngestSettings DEFAULTS = new IngestSettings(
            4 << 20, 65_536, 256L << 20, Duration.ofMinutes(10), Duration.ofDays(35), Duration.ofMillis(500), 100_000);

    public IngestSettings {
        require(maxBatchBytes >= 1_024, "maxBatchBytes", "1024 or more", maxBatchBytes);
        require(maxBatchRecords >= 1, "maxBatchRecords", "1 or more", maxBatchRecords);
        require(maxBytesInFlight >= maxBatchBytes, "maxBytesInFlight", "maxBatchBytes or more", maxBytesInFlight);
        require(!maxAhead.isNegative(), "maxAhead", "0 or more", maxAhead);
        require(!retention.isNegative(), "retention", "0 or more", retention);
        require(!retryAfter.isNegative(), "retryAfter", "0 or more", retryAfter);
        require(maxPushSeries >= 1, "maxPushSeries", "1 or more", maxPushSeries);
    }

    /**
     * What the server should let through as one message. More than a batch may have, so that a batch over its limit can still
     * be read as far as its sequence and refused alone; what is beyond even this ends its call.
     */
    public int maxMessageBytes() {
        return (int) Math.min(Integer.MAX_VALUE, 2L * maxBatchBytes);
    }

    private static void require(boolean holds, String name, String allowed, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + allowed + ", was " + value);
        }
    }
}
