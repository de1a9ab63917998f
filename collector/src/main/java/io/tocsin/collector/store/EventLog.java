/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import java.util.List;
import java.util.Optional;

/** Numbered events of a partition, all tenants. Thread-safe. */
public interface EventLog {

    /**
     * Unresolved alerts of a tenant at one moment, ordered by id.
     *
     * @param throughEvent every event up to this number is included
     */
    record Snapshot(List<Alert> alerts, long throughEvent) {}

    /** Tells this log from one of another run, in which the same numbers mean other events. */
    long id();

    /** What {@link #sharedWith} says of a log that it has nothing to do with. */
    long NOTHING = -1;

    /** Up to this number events are those of that other log, of which this one is a copy; {@link #NOTHING} if it is not. */
    default long sharedWith(long log) {
        return NOTHING;
    }

    /** Number of the oldest event that is kept; last() + 1 if none is. */
    long first();

    /** Number of the newest event; 0 if there never was one. */
    long last();

    /** At most {@code max} events with greater numbers, of all tenants, oldest first. Those older than {@link #first()} are gone. */
    List<AlertEvent> after(long number, int max);

    Snapshot snapshot(String tenant);

    /** Those that ever had an event, by name. */
    List<String> tenants();

    /**
     * How far people have been told of the events.
     *
     * @param number all up to this one were sent or given up
     * @param atMillis when that was noted, by the engine's clock
     */
    record Told(long number, long atMillis) {}

    /** What was noted last; empty if nothing was. It lives as long as the log. */
    Optional<Told> told();

    /** Notes it. May be lost in a crash, then an earlier one is found. */
    void told(Told told);

    /** Calls the listener after each append, on the engine's thread: it must not block. */
    Subscription onAppend(Runnable listener);

    /** Ends the calls. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
