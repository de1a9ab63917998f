/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.engine.alert.Evidence;
import io.tocsin.collector.partition.Position;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.store.AlertReader;
import io.tocsin.collector.store.EventLog;
import io.tocsin.detectors.Severity;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An event log, and the alerts that follow from it. Thread-safe. */
public final class FakeEvents implements EventLog, AlertReader {
    private final List<AlertEvent> events = new ArrayList<>();
    private final Map<String, Alert> alerts = new TreeMap<>();
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final long id = new SecureRandom().nextLong();
    private long last;
    private Optional<Told> told = Optional.empty();

    /** An alert with defaults for all that a test does not care about. */
    public static Alert alert(String tenant, String id, AlertState state, Severity severity, boolean slo) {
        return new Alert(
                tenant,
                id,
                "dedup-" + id,
                state,
                severity,
                slo ? "availability" : "latency-spike",
                slo ? "slo" : "latency-spike",
                slo,
                "latency",
                Attributes.of("gen_ai.agent.name", "planner"),
                Attributes.of("team", "blue"),
                new Evidence(1.5, "slow", 3, Double.NaN, 1, "s", Map.of("n", 7.0), Map.of("why", "queue")),
                ManualClock.NOON,
                state == AlertState.PENDING ? 0 : ManualClock.NOON + 10,
                state == AlertState.RESOLVED ? ManualClock.NOON + 20 : 0,
                ManualClock.NOON,
                0,
                1.5,
                state == AlertState.RESOLVED ? "recovered" : "",
                "What an alert is about.",
                Optional.empty(),
                ManualClock.NOON,
                List.of());
    }

    /** The alert changed; its times stay as given but for the change. */
    public void append(Alert alert, long atMillis) {
        append(alert, atMillis, 0);
    }

    /** @param offset of the entry that caused it; 0: the event's number */
    public void append(Alert alert, long atMillis, long offset) {
        synchronized (this) {
            last++;
            Alert changed =
                    alert.change().changedMillis(atMillis).lastEvent(last).build();
            Alert before = alerts.put(alert.id(), changed);
            events.add(new AlertEvent(
                    last,
                    "event-" + last,
                    atMillis,
                    new Position(0, offset == 0 ? last : offset),
                    Optional.ofNullable(before).map(Alert::state),
                    changed));
        }
        listeners.forEach(Runnable::run);
    }

    public void append(Alert alert) {
        append(alert, ManualClock.NOON);
    }

    /** Keeps only the newest. */
    public synchronized void keep(int newest) {
        while (events.size() > newest) {
            events.remove(0);
        }
    }

    public int listeners() {
        return listeners.size();
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public synchronized long first() {
        return events.isEmpty() ? last + 1 : events.get(0).number();
    }

    @Override
    public synchronized long last() {
        return last;
    }

    @Override
    public synchronized List<AlertEvent> after(long number, int max) {
        int from = (int) Math.max(0, Math.min(events.size(), number + 1 - first()));
        return List.copyOf(events.subList(from, Math.min(events.size(), from + max)));
    }

    @Override
    public synchronized Snapshot snapshot(String tenant) {
        return new Snapshot(
                alerts.values().stream()
                        .filter(a -> a.tenant().equals(tenant) && a.state() != AlertState.RESOLVED)
                        .toList(),
                last);
    }

    @Override
    public synchronized List<String> tenants() {
        return alerts.values().stream().map(Alert::tenant).distinct().sorted().toList();
    }

    @Override
    public synchronized Optional<Told> told() {
        return told;
    }

    @Override
    public synchronized void told(Told newest) {
        told = Optional.of(newest);
    }

    @Override
    public Subscription onAppend(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public synchronized List<Alert> alerts(String tenant) {
        return alerts.values().stream()
                .filter(a -> a.tenant().equals(tenant))
                .sorted(Comparator.comparingLong(Alert::lastEvent).reversed())
                .toList();
    }

    @Override
    public synchronized Optional<Alert> find(String tenant, String id) {
        return Optional.ofNullable(alerts.get(id)).filter(a -> a.tenant().equals(tenant));
    }

    @Override
    public synchronized List<AlertEvent> eventsOf(String tenant, String id) {
        return events.stream()
                .filter(e -> e.alert().id().equals(id) && e.alert().tenant().equals(tenant))
                .toList();
    }

    @Override
    public synchronized int firing(String tenant) {
        return (int) alerts(tenant).stream().filter(a -> a.state().isFiring()).count();
    }
}
