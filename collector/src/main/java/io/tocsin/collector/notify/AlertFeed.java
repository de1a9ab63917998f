/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.store.EventLog;
import java.util.List;
import java.util.Optional;

/** Reads the events of one partition in order, each once. Confined to the dispatcher's thread. */
final class AlertFeed {
    private static final int EVENTS_AT_ONCE = 500;

    private final Partition partition;
    private long read;
    private long noted;

    /** Begins with the oldest event that is kept. */
    AlertFeed(Partition partition) {
        this.partition = partition;
        this.read = partition.events().first() - 1;
    }

    Partition partition() {
        return partition;
    }

    EventLog events() {
        return partition.events();
    }

    /** Those that come next, without marking them as read; the first may come after a gap. */
    List<AlertEvent> next() {
        return partition.events().after(read, EVENTS_AT_ONCE);
    }

    /** How many were gone before they could be read. */
    long missedBefore(AlertEvent event) {
        return event.number() - read - 1;
    }

    void readThrough(long number) {
        read = Math.max(read, number);
    }

    /** How far others had been told when the process ended; empty if nobody knows. */
    Optional<EventLog.Told> toldBefore() {
        return events().told().filter(told -> told.number() <= events().last());
    }

    /** Whoever should know of what was read, does. */
    void noteTold(long nowMillis) {
        if (read > noted) {
            noted = read;
            events().told(new EventLog.Told(read, nowMillis));
        }
    }
}
