/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import java.time.Duration;

/**
 * Bounds of the journal's writer.
 *
 * @param maxWaitingBytes bytes of batches that may wait to be written, or to be applied by the engine; beyond it, batches are refused
 * @param groupMaxBytes bytes that are forced together at most
 * @param tickInterval engine time goes on at least this often
 * @param lostAfter a producer that was not heard for this long is lost
 * @param forgetAfter a lost producer is forgotten after this long
 * @param answersKept answers of a producer that are kept for batches that are sent again
 */
public record JournalSettings(
        long maxWaitingBytes,
        long groupMaxBytes,
        Duration tickInterval,
        Duration lostAfter,
        Duration forgetAfter,
        int answersKept) {

    public static final JournalSettings DEFAULTS = new JournalSettings(
            256L << 20, 4L << 20, Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofHours(1), 4_096);
}
