/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.diagnosis;

import java.util.List;

/** Tells how the channels of notifications do; whoever sends them implements it. Thread-safe. */
public interface ChannelStanding {
    /** For a collector without channels. */
    ChannelStanding NONE = List::of;

    /** By name. */
    List<Seen> read();

    /**
     * One channel at one moment, since the start.
     *
     * @param target where to, without secrets
     * @param delivered notifications
     * @param lost notifications given up
     * @param waiting notifications
     * @param lastError what the last failure said; "" if there was none since the last delivery
     */
    record Seen(String name, String type, String target, long delivered, long lost, long waiting, String lastError) {}
}
