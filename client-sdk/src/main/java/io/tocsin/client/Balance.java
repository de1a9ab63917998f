/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

import java.util.EnumMap;
import java.util.Map;

/**
 * Where every record is that was ever submitted: {@code submitted = acked + rejected + dropped + queued + inFlight}.
 * Immutable.
 *
 * @param submitted calls that recorded something, bad ones included, and records that former clients left in the spill
 * @param acked in the collector's journal
 * @param rejected not taken by the collector, one by one, for good
 * @param dropped dropped here, by reason; every reason is there
 * @param queued not sent yet, in memory or in the spill; after a close, what stays in the spill for the next start
 * @param inFlight sent, without an answer yet
 */
public record Balance(
        long submitted, long acked, long rejected, Map<DropReason, Long> dropped, long queued, long inFlight) {
    public Balance {
        Map<DropReason, Long> all = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            all.put(reason, dropped.getOrDefault(reason, 0L));
        }
        dropped = Map.copyOf(all);
    }

    /** Dropped for that reason. */
    public long dropped(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    /** Dropped for any reason. */
    public long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
