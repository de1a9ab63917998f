/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

/**
 * How the spill is: batches on disk until they are answered. Immutable.
 *
 * @param records on disk that were not sent, or were sent and left for the next start; in {@link Balance#queued()} too
 * @param bytes on disk, what is in flight included
 * @param restoredRecords found at the start, left by former clients; in {@link Balance#submitted()} too
 * @param damagedBatches batches of former clients that could not be read; their records, as far as their number is known, are dropped as
 *     {@link DropReason#SPILL_UNREADABLE}
 * @param tornFiles files of former clients that ended in the middle of a batch, which nobody was told was kept
 * @param unspilledRecords records in batches that the disk did not take: kept in memory as without a spill, and lost with the process
 * @param problem why nothing can be written just now; empty if all is well
 */
public record SpillStatus(
        long records,
        long bytes,
        long restoredRecords,
        long damagedBatches,
        long tornFiles,
        long unspilledRecords,
        String problem) {}
