/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

/**
 * What became of the records that the sender took out of the queue, at one moment:
 * {@code taken = acked + rejected + undeliverable + closed + held + inFlight}. Immutable.
 *
 * @param taken out of the queue
 * @param acked in the collector's journal
 * @param rejected not taken, one by one
 * @param undeliverable in batches refused for good
 * @param closed given up at close
 * @param held waiting for the next batch
 * @param inFlight in batches without an answer
 */
public record Tally(long taken, long acked, long rejected, long undeliverable, long closed, long held, long inFlight) {
    static final Tally ZERO = new Tally(0, 0, 0, 0, 0, 0, 0);
}
