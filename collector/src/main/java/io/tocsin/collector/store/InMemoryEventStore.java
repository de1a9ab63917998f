/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.EventSink;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps the last events and the alerts they made. Thread-safe; written by the partition's thread.
 *
 * <p>Bounded by {@link StoreSettings#eventsKept} and {@link StoreSettings#alertsKept}: the oldest events and the oldest resolved alerts go first.
 */
public final class InMemoryEventStore implements EventLog, AlertReader, EventSink {
    private final long id;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    /** Ring by number; guarded by lock, as are the rest. */
    private final AlertEvent[] ring;

    private final AlertBook book;
    private long last;
    private Optional<Told> told = Optional.empty();

    /** A log of its own. */
    public InMemoryEventStore(StoreSettings settings) {
        this(settings, new SecureRandom().nextLong());
    }

    /** @param id of the log that it will hold, see {@link EventLog#id} */
    public InMemoryEventStore(StoreSettings settings, long id) {
        this.id = id;
        this.book = new AlertBook(settings.alertsKept());
        this.ring = new AlertEvent[settings.eventsKept()];
    }

    @Override
    public void append(AlertEvent event) {
        synchronized (lock) {
            last = event.number();
            ring[slot(last)] = event;
            book.put(event.alert());
        }
        listeners.forEach(Runnable::run);
    }

    private int slot(long number) {
        return (int) (number % ring.length);
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public long first() {
        synchronized (lock) {
            return Math.max(1, last - ring.length + 1);
        }
    }

    @Override
    public long last() {
        synchronized (lock) {
            return last;
        }
    }

    @Override
    public List<AlertEvent> after(long number, int max) {
        synchronized (lock) {
            List<AlertEvent> events = new ArrayList<>();
            for (long n = Math.max(number + 1, first()); n <= last && events.size() < max; n++) {
                events.add(ring[slot(n)]);
            }
            return events;
        }
    }

    @Override
    public Snapshot snapshot(String tenant) {
        synchronized (lock) {
            return new Snapshot(book.unresolved(tenant), last);
        }
    }

    @Override
    public List<String> tenants() {
        synchronized (lock) {
            return book.tenants();
        }
    }

    @Override
    public Optional<Told> told() {
        synchronized (lock) {
            return told;
        }
    }

    @Override
    public void told(Told newest) {
        synchronized (lock) {
            told = Optional.of(newest);
        }
    }

    @Override
    public Subscription onAppend(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public List<Alert> alerts(String tenant) {
        synchronized (lock) {
            return book.all(tenant);
        }
    }

    @Override
    public Optional<Alert> find(String tenant, String id) {
        synchronized (lock) {
            return book.find(tenant, id);
        }
    }

    @Override
    public List<AlertEvent> eventsOf(String tenant, String id) {
        return after(0, Integer.MAX_VALUE).stream()
                .filter(e -> e.alert().tenant().equals(tenant) && e.alert().id().equals(id))
                .toList();
    }

    @Override
    public int firing(String tenant) {
        synchronized (lock) {
            return book.firing(tenant);
        }
    }
}
