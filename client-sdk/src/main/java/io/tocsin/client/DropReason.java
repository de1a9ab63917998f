/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

/** Why a record was dropped before the collector took it. */
public enum DropReason {
    /** The queue was full; {@link WhenFull} says which record went. */
    QUEUE_FULL,
    /** A bad name, attribute, number, status or duration. */
    INVALID,
    /** Recorded after close, or not acknowledged when the time to close was over (it may have arrived all the same). */
    CLOSED,
    /** The collector refused its batch for good. */
    UNDELIVERABLE,
    /** The spill was full, and the oldest went; only with {@link WhenFull#DROP_OLDEST}. */
    SPILL_FULL,
    /** It waited in the spill for longer than it may. */
    SPILL_EXPIRED,
    /** It was in the spill and cannot be read any more. */
    SPILL_UNREADABLE
}
