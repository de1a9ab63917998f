/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

/**
 * What became of the records of the spill, at one moment. Those that were handed out are counted by whoever got them. Immutable.
 *
 * @param restored records of former incarnations that were not answered, the unreadable ones included as far as their number is known
 * @param waiting records on disk that were not handed out
 * @param full records dropped because the spill was full
 * @param expired records dropped because they were too old
 * @param unreadable records lost to damage
 * @param damagedBatches batches lost to damage
 * @param tornTails files whose end was cut, as by a kill in the middle of a write
 * @param bytes on disk
 * @param problem why nothing can be written just now; empty if all is well
 */
public record SpillCounts(
        long restored,
        long waiting,
        long full,
        long expired,
        long unreadable,
        long damagedBatches,
        long tornTails,
        long bytes,
        String problem) {
    public static final SpillCounts NONE = new SpillCounts(0, 0, 0, 0, 0, 0, 0, 0, "");
}
