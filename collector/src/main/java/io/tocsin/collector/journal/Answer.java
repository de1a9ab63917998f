/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import io.tocsin.collector.partition.Position;
import java.util.List;

/**
 * A batch is in the journal, forced.
 *
 * @param alreadyAccepted it was accepted before and is not counted again
 * @param rejections records that were not taken; the original ones of a batch accepted before, as long as its answer is kept
 */
public record Answer(long sequence, Position position, boolean alreadyAccepted, List<RejectedRecord> rejections) {
    public Answer {
        rejections = List.copyOf(rejections);
    }
}
