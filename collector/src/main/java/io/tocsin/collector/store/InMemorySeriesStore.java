/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import io.tocsin.collector.engine.window.WindowSink;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Keeps windows in memory, bounded by age and bytes: the oldest go first, over all series. Reading is thread-safe; writing is confined to the partition's
 * thread.
 */
public final class InMemorySeriesStore implements SeriesReader, WindowSink {
    private static final class Tenant {
        final ConcurrentNavigableMap<SeriesKey, SeriesRing> series = new ConcurrentSkipListMap<>();
        volatile long earliestMillis = Long.MAX_VALUE;
        volatile long latestMillis = Long.MIN_VALUE;
    }

    private final StoreSettings settings;
    private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();
    /** Which series have a window at a start; so that the oldest can go. Confined to the partition's thread. */
    private final TreeMap<Long, List<SeriesRing>> byStart = new TreeMap<>();

    private volatile long bytes;
    private volatile long evictedForBytes;

    public InMemorySeriesStore(StoreSettings settings) {
        this.settings = settings;
    }

    /** About how many bytes the windows hold. */
    public long bytes() {
        return bytes;
    }

    /** Ten-second spans that went because of {@link StoreSettings#maxBytes}, not for their age. */
    public long evictedForBytes() {
        return evictedForBytes;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void publish(String tenant, SeriesKey key, SeriesWindow window, SeriesTotals totals) {
        Tenant owner = tenants.computeIfAbsent(tenant, t -> new Tenant());
        SeriesRing ring = owner.series.computeIfAbsent(key, k -> new SeriesRing(tenant, k));
        ring.live();
        long grown = ring.put(window);
        ring.totals(totals);
        if (grown == window.memoryBytes()) {
            byStart.computeIfAbsent(window.startMillis(), s -> new ArrayList<>())
                    .add(ring);
        }
        bytes += grown;
        owner.earliestMillis = Math.min(owner.earliestMillis, window.startMillis());
        owner.latestMillis = Math.max(owner.latestMillis, window.startMillis() + SeriesWindow.LENGTH_MILLIS);
        while (bytes > settings.maxBytes() && byStart.size() > 1) {
            evictOldest();
            evictedForBytes++;
        }
    }

    @Override
    public void time(long engineMillis) {
        long oldest = engineMillis - settings.windowsKept().toMillis();
        while (!byStart.isEmpty() && byStart.firstKey() + SeriesWindow.LENGTH_MILLIS <= oldest) {
            evictOldest();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void evictOldest() {
        Map.Entry<Long, List<SeriesRing>> oldest = byStart.pollFirstEntry();
        for (SeriesRing ring : oldest.getValue()) {
            bytes -= ring.remove(oldest.getKey());
            removeIfOver(ring);
        }
        long earliest = byStart.isEmpty() ? Long.MAX_VALUE : byStart.firstKey();
        for (Tenant tenant : tenants.values()) {
            tenant.earliestMillis = Math.max(tenant.earliestMillis, earliest);
        }
    }

    @Override
    public void forget(String tenant, SeriesKey key) {
        Tenant owner = tenants.get(tenant);
        SeriesRing ring = owner == null ? null : owner.series.get(key);
        if (ring != null) {
            ring.forget();
            removeIfOver(ring);
        }
    }

    private void removeIfOver(SeriesRing ring) {
        Tenant owner = tenants.get(ring.tenant);
        if (owner != null && ring.isOver()) {
            owner.series.remove(ring.key, ring);
        }
    }

    @Override
    public void scan(
            String tenant,
            Selector selector,
            long fromMillis,
            long toMillis,
            BiConsumer<SeriesKey, SeriesWindow> visitor) {
        visit(tenant, selector.metric(), (key, ring) -> {
            if (selector.matches(key)) {
                ring.visit(fromMillis, toMillis, window -> visitor.accept(key, window));
            }
        });
    }

    @Override
    public void totals(String tenant, String metric, BiConsumer<SeriesKey, SeriesTotals> visitor) {
        visit(tenant, metric, (key, ring) -> visitor.accept(key, ring.totals()));
    }

    @Override
    public void keys(String tenant, Consumer<SeriesKey> visitor) {
        Tenant owner = tenants.get(tenant);
        if (owner != null) {
            owner.series.keySet().forEach(visitor);
        }
    }

    /** Keys begin with the metric, so its series stand together. */
    private void visit(String tenant, String metric, BiConsumer<SeriesKey, SeriesRing> visitor) {
        Tenant owner = tenants.get(tenant);
        if (owner == null) {
            return;
        }
        SeriesKey first = new SeriesKey(metric, SeriesKind.OUTCOME, Attributes.NONE);
        for (Map.Entry<SeriesKey, SeriesRing> entry :
                owner.series.tailMap(first).entrySet()) {
            if (!entry.getKey().metric().equals(metric)) {
                return;
            }
            visitor.accept(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public long earliestMillis(String tenant) {
        Tenant owner = tenants.get(tenant);
        return owner == null ? Long.MAX_VALUE : owner.earliestMillis;
    }

    @Override
    public long latestMillis(String tenant) {
        Tenant owner = tenants.get(tenant);
        return owner == null ? Long.MIN_VALUE : owner.latestMillis;
    }
}
