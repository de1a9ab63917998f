/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.series;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ErrorTypeDefinition;
import io.tocsin.collector.journal.ProducerKey;
import io.tocsin.collector.journal.SeriesDefinition;
import io.tocsin.collector.series.SeriesKey;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows which series and producers exist.
 *
 * <p>Bounded by {@code series.max} per tenant: further series share the overflow series of their metric and kind, whose totals are exact. Metrics beyond
 * {@value #MAX_OVERFLOW_SERIES} overflow series share one more. Of {@value #MAX_PRODUCERS} producers the one unheard for longest goes.
 */
public final class SeriesRegistry {
    private static final int MAX_OVERFLOW_SERIES = 1_000;
    private static final int MAX_PRODUCERS = 100_000;
    private static final String OVERFLOW_METRIC = "tocsin.internal.overflow";
    private static final String SECTION = "series";
    private static final int VERSION = 1;

    private static final class Tenant {
        final Map<SeriesKey, Series> series = new LinkedHashMap<>();
        int overflowing;
    }

    private final int maxSeries;
    private final long idleMillis;
    private final List<SeriesListener> listeners;
    private final Map<String, Tenant> tenants = new LinkedHashMap<>();
    /** Least recently used first. */
    private final Map<ProducerKey, Producer> producers = new LinkedHashMap<>(16, 0.75f, true);

    private final ArrayDeque<Integer> freeNumbers = new ArrayDeque<>();
    private int numbers;
    private int size;

    public SeriesRegistry(int maxSeries, long idleMillis, List<SeriesListener> listeners) {
        this.maxSeries = maxSeries;
        this.idleMillis = idleMillis;
        this.listeners = listeners;
    }

    /** Returns how others may refer to series and producers. */
    public References save(StateWriter out) {
        out.section(SECTION, VERSION);
        References references = References.toSave(producers.values());
        out.writeSize(producers.size());
        producers.values().forEach(producer -> producer.save(out));
        out.writeSize(tenants.size());
        tenants.forEach((name, tenant) -> {
            out.writeText(name);
            out.writeSize(tenant.series.size());
            tenant.series.values().forEach(series -> series.save(out, references));
        });
        producers.values().forEach(producer -> producer.saveMeanings(out, references));
        out.writeSize(numbers);
        out.writeSize(freeNumbers.size());
        freeNumbers.forEach(out::writeSize);
        return references;
    }

    /** Nobody hears of the series that come: whoever has state of them restores it. */
    public References restore(StateReader in) throws IOException {
        in.section(SECTION, VERSION);
        References references = References.toRestore();
        for (int left = in.readCount(); left > 0; left--) {
            Producer producer = Producer.restore(in);
            producers.put(producer.key(), producer);
            references.add(producer);
        }
        for (int left = in.readCount(); left > 0; left--) {
            String name = in.readText();
            Tenant tenant = new Tenant();
            tenants.put(name, tenant);
            for (int more = in.readCount(); more > 0; more--) {
                Series series = Series.restore(name, in, references);
                tenant.series.put(series.key(), series);
                tenant.overflowing += series.isOverflow() ? 1 : 0;
                size++;
                references.add(series);
            }
        }
        for (Producer producer : producers.values()) {
            producer.restoreMeanings(in, references);
        }
        numbers = (int) in.readSize();
        for (int left = in.readCount(); left > 0; left--) {
            freeNumbers.add((int) in.readSize());
        }
        return references;
    }

    /** Series of all tenants. */
    public int size() {
        return size;
    }

    public Producer producer(ProducerKey key) {
        Producer known = producers.get(key);
        if (known != null) {
            return known;
        }
        if (producers.size() >= MAX_PRODUCERS) {
            producers.remove(producers.keySet().iterator().next());
        }
        Producer created = new Producer(key);
        producers.put(key, created);
        return created;
    }

    public void define(Entry.Definitions definitions, long engineMillis) {
        Producer producer = producer(definitions.scope());
        for (SeriesDefinition definition : definitions.series()) {
            producer.define(definition, find(definitions.scope().tenant(), definition.key(), engineMillis));
        }
        for (ErrorTypeDefinition type : definitions.errorTypes()) {
            producer.define(type);
        }
    }

    public void changed(Entry.LivenessChanged change) {
        producer(change.producer()).changed(change.liveness(), change.atMillis());
    }

    /** Another producer may define a series anew that was forgotten; this one only knows its id. */
    public Series revive(Producer producer, int id, Series forgotten, long engineMillis) {
        Series again = find(forgotten.tenant(), forgotten.key(), engineMillis);
        producer.define(new SeriesDefinition(id, forgotten.key()), again);
        return again;
    }

    /** The series of a key, created if there is none, or the overflow series if there are too many. */
    private Series find(String tenantName, SeriesKey key, long engineMillis) {
        Tenant tenant = tenants.computeIfAbsent(tenantName, t -> new Tenant());
        Series known = tenant.series.get(key);
        if (known != null) {
            return known;
        }
        if (!key.isOverflow() && tenant.series.size() - tenant.overflowing >= maxSeries) {
            boolean manyMetrics = tenant.overflowing >= MAX_OVERFLOW_SERIES;
            return find(
                    tenantName,
                    SeriesKey.overflow(manyMetrics ? OVERFLOW_METRIC : key.metric(), key.kind()),
                    engineMillis);
        }
        Series created = new Series(nextNumber(), tenantName, key, engineMillis);
        tenant.series.put(key, created);
        tenant.overflowing += key.isOverflow() ? 1 : 0;
        size++;
        listeners.forEach(listener -> listener.created(created));
        return created;
    }

    private int nextNumber() {
        Integer free = freeNumbers.poll();
        return free == null ? numbers++ : free;
    }

    /** All series of a tenant, in order of creation. */
    public List<Series> seriesOf(String tenantName) {
        Tenant tenant = tenants.get(tenantName);
        return tenant == null ? List.of() : new ArrayList<>(tenant.series.values());
    }

    /** The first tick: what came before it came just now. */
    public void begin(long engineMillis) {
        for (Tenant tenant : tenants.values()) {
            tenant.series.values().forEach(series -> series.begin(engineMillis));
        }
    }

    /** Forgets series that were idle for too long, and of the others the producers that are long gone. */
    public void sweep(long engineMillis) {
        for (Tenant tenant : tenants.values()) {
            Iterator<Series> all = tenant.series.values().iterator();
            while (all.hasNext()) {
                Series series = all.next();
                if (series.isIdle(engineMillis, idleMillis)) {
                    all.remove();
                    tenant.overflowing -= series.key().isOverflow() ? 1 : 0;
                    size--;
                    series.forget();
                    listeners.forEach(listener -> listener.forgotten(series));
                    freeNumbers.add(series.number());
                } else {
                    series.leaveGone(engineMillis - idleMillis);
                }
            }
        }
    }
}
