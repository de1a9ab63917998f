/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.engine.alert.EventSink;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps the last events and the alerts they made. Thread-safe; written by the partition's thread.
 *
 * <p>Bounded by {@link StoreSettings#eventsKept} and {@link StoreSettings#alertsKept}: the oldest events and the oldest resolved alerts go first.
 */
public final class InMemoryEventStore implements EventLog, AlertReader, EventSink {
    private static final class Tenant {
        /** In order of last change, oldest first. */
        final LinkedHashMap<String, Alert> alerts = new LinkedHashMap<>();

        int resolved;
        int firing;
    }

    private final StoreSettings settings;
    private final long id;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    /** Ring by number; guarded by lock, as are the rest. */
    private final AlertEvent[] ring;

    private final Map<String, Tenant> tenants = new HashMap<>();
    private long last;
    private Optional<Told> told = Optional.empty();

    /** A log of its own. */
    public InMemoryEventStore(StoreSettings settings) {
        this(settings, new SecureRandom().nextLong());
    }

    /** @param id of the log that it will hold, see {@link EventLog#id} */
    public InMemoryEventStore(StoreSettings settings, long id) {
        this.settings = settings;
        this.id = id;
        this.ring = new AlertEvent[settings.eventsKept()];
    }

    @Override
    public void append(AlertEvent event) {
        synchronized (lock) {
            last = event.number();
            ring[slot(last)] = event;
            keep(tenants.computeIfAbsent(event.alert().tenant(), t -> new Tenant()), event.alert());
        }
        listeners.forEach(Runnable::run);
    }

    private void keep(Tenant tenant, Alert alert) {
        Alert before = tenant.alerts.remove(alert.id());
        if (before != null) {
            tenant.firing -= before.state().isFiring() ? 1 : 0;
            tenant.resolved -= before.state() == AlertState.RESOLVED ? 1 : 0;
        }
        tenant.alerts.put(alert.id(), alert);
        tenant.firing += alert.state().isFiring() ? 1 : 0;
        tenant.resolved += alert.state() == AlertState.RESOLVED ? 1 : 0;
        if (tenant.resolved > settings.alertsKept()) {
            Alert oldest = tenant.alerts.values().stream()
                    .filter(a -> a.state() == AlertState.RESOLVED)
                    .findFirst()
                    .orElseThrow();
            tenant.alerts.remove(oldest.id());
            tenant.resolved--;
        }
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
            List<Alert> open = new ArrayList<>();
            Tenant owner = tenants.get(tenant);
            if (owner != null) {
                owner.alerts.values().stream()
                        .filter(a -> a.state() != AlertState.RESOLVED)
                        .forEach(open::add);
            }
            open.sort(Comparator.comparing(Alert::id));
            return new Snapshot(List.copyOf(open), last);
        }
    }

    @Override
    public List<String> tenants() {
        synchronized (lock) {
            return tenants.keySet().stream().sorted().toList();
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
            Tenant owner = tenants.get(tenant);
            if (owner == null) {
                return List.of();
            }
            List<Alert> newestFirst = new ArrayList<>(owner.alerts.values());
            java.util.Collections.reverse(newestFirst);
            return newestFirst;
        }
    }

    @Override
    public Optional<Alert> find(String tenant, String id) {
        synchronized (lock) {
            Tenant owner = tenants.get(tenant);
            return owner == null ? Optional.empty() : Optional.ofNullable(owner.alerts.get(id));
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
            Tenant owner = tenants.get(tenant);
            return owner == null ? 0 : owner.firing;
        }
    }
}
