/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import io.tocsin.client.internal.spill.SpillCounts;

/**
 * What became of the records that the sender took out of the queue, or found in the spill, at one moment: {@code taken + spill.restored = acked + rejected +
 * undeliverable + closed + held + inFlight + left + spill.waiting + spill.full + spill.expired + spill.unreadable}. Immutable.
 *
 * @param taken out of the queue
 * @param acked in the collector's journal
 * @param rejected not taken, one by one
 * @param undeliverable in batches refused for good
 * @param closed given up at close
 * @param held waiting for the next batch
 * @param inFlight in batches without an answer
 * @param left sent without an answer before the close, kept in the spill for the next start
 * @param unspilled in batches that the disk did not take; counted elsewhere too
 * @param spill records on disk, and what was lost there
 */
public record Tally(
        long taken,
        long acked,
        long rejected,
        long undeliverable,
        long closed,
        long held,
        long inFlight,
        long left,
        long unspilled,
        SpillCounts spill) {
    static final Tally ZERO = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, SpillCounts.NONE);

    /** Records on disk that wait, or wait for the next start. */
    public long kept() {
        return left + spill.waiting();
    }
}
