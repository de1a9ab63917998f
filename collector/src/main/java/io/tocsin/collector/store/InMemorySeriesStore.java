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
import org.jspecify.annotations.Nullable;

/**
 * Keeps windows in memory, bounded by age and bytes: the oldest become rollups, over all series at once; rollups become longer ones with age, and
 * the oldest are lost when they are too old or hold too many bytes. Reading is thread-safe; writing is confined to the partition's
 * thread.
 */
public final class InMemorySeriesStore implements SeriesReader, WindowSink {
    private static final class Tenant {
        final ConcurrentNavigableMap<SeriesKey, SeriesRing> series = new ConcurrentSkipListMap<>();
        /** By metric and start. */
        final Map<String, Map<Long, Long>> changes = new ConcurrentHashMap<>();

        volatile long earliestMillis = Long.MAX_VALUE;
        volatile long latestMillis = Long.MIN_VALUE;
    }

    private final StoreSettings settings;
    private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();
    /** Which series have a window at a start; so that the oldest can go. Confined to the partition's thread. */
    private final TreeMap<Long, List<SeriesRing>> byStart = new TreeMap<>();

    private final List<RollupTier> tiers;
    /** What starts before has become a rollup. */
    private volatile long windowsBeginMillis = Long.MIN_VALUE;

    /** Confined to the partition's thread. */
    private long changes;

    private volatile long bytes;
    private volatile long evictedForBytes;
    private volatile long rollupBytes;
    private volatile long rollupsLost;
    private volatile long correctionsLost;

    public InMemorySeriesStore(StoreSettings settings) {
        this(settings, RollupTier.all(settings));
    }

    private InMemorySeriesStore(StoreSettings settings, List<RollupTier> tiers) {
        this.settings = settings;
        this.tiers = tiers;
    }

    /** One that keeps what is recent only, since what is older is kept elsewhere: windows, and rollups of a minute where there are too many windows. */
    public static InMemorySeriesStore ofRecent(StoreSettings settings) {
        return new InMemorySeriesStore(settings, RollupTier.recent(settings));
    }

    /** What starts before may be gone, without having become a longer rollup here. */
    public long beginsMillis() {
        return tiers.get(tiers.size() - 1).beginsMillis;
    }

    /** About how many bytes the windows hold. */
    public long bytes() {
        return bytes;
    }

    /** About how many bytes the rollups hold. */
    public long rollupBytes() {
        return rollupBytes;
    }

    /** Rollups lost because of {@link StoreSettings#maxRollupBytes}, before they were too old. */
    public long rollupsLost() {
        return rollupsLost;
    }

    /** Windows that were corrected by late records when they had become rollups, for want of space; the correction is lost. */
    public long correctionsLost() {
        return correctionsLost;
    }

    /** Ten-second spans that became rollups because of {@link StoreSettings#maxBytes}, not for their age. */
    public long evictedForBytes() {
        return evictedForBytes;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void publish(String tenant, SeriesKey key, SeriesWindow window, SeriesTotals totals) {
        Tenant owner = tenants.computeIfAbsent(tenant, t -> new Tenant());
        SeriesRing ring = live(owner, tenant, key, totals);
        if (ring.hasMoved(window.startMillis())) {
            correctionsLost++;
            return;
        }
        long grown = ring.put(window);
        owner.changes
                .computeIfAbsent(key.metric(), m -> new ConcurrentHashMap<>())
                .put(window.startMillis(), ++changes);
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
        for (RollupTier tier : tiers) {
            while (tier.hasOlderThan(engineMillis - tier.keptMillis)) {
                moveOldest(tier, tier.number + 1 < tiers.size() ? tiers.get(tier.number + 1) : null);
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void evictOldest() {
        Map.Entry<Long, List<SeriesRing>> oldest = byStart.pollFirstEntry();
        windowsBeginMillis = Math.max(windowsBeginMillis, oldest.getKey() + SeriesWindow.LENGTH_MILLIS);
        RollupTier first = tiers.get(0);
        for (SeriesRing ring : oldest.getValue()) {
            SeriesRing.Moved moved = ring.moveWindow(oldest.getKey(), first);
            bytes -= moved.freedBytes();
            rollupBytes += moved.grownBytes();
            if (moved.begun()) {
                first.added(first.startOf(oldest.getKey()), ring);
            }
        }
        long earliest = byStart.isEmpty() ? Long.MAX_VALUE : byStart.firstKey();
        for (Tenant tenant : tenants.values()) {
            tenant.earliestMillis = Math.max(tenant.earliestMillis, earliest);
            tenant.changes.values().forEach(ofMetric -> ofMetric.remove(oldest.getKey()));
            tenant.changes.values().removeIf(Map::isEmpty);
        }
        loseRollups();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void moveOldest(RollupTier from, @Nullable RollupTier to) {
        Map.Entry<Long, List<SeriesRing>> oldest = from.pollOldest();
        for (SeriesRing ring : oldest.getValue()) {
            SeriesRing.Moved moved = ring.moveRollup(oldest.getKey(), from, to);
            rollupBytes += moved.grownBytes() - moved.freedBytes();
            if (to != null && moved.begun()) {
                to.added(to.startOf(oldest.getKey()), ring);
            }
            removeIfOver(ring);
        }
    }

    /** Tiers hold older rollups the longer these are. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void loseRollups() {
        for (int tier = tiers.size() - 1; tier >= 0; tier--) {
            while (rollupBytes > settings.maxRollupBytes() && !tiers.get(tier).isEmpty()) {
                moveOldest(tiers.get(tier), null);
                rollupsLost++;
            }
        }
    }

    private static SeriesRing live(Tenant owner, String tenant, SeriesKey key, SeriesTotals totals) {
        SeriesRing ring = owner.series.computeIfAbsent(key, k -> new SeriesRing(tenant, k));
        ring.live();
        ring.totals(totals);
        return ring;
    }

    @Override
    public void resumed(String tenant, SeriesKey key, SeriesTotals totals) {
        live(tenants.computeIfAbsent(tenant, t -> new Tenant()), tenant, key, totals);
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
    public void scanAll(
            String tenant,
            Selector selector,
            long fromMillis,
            long toMillis,
            BiConsumer<SeriesKey, SeriesRollup> rollups,
            BiConsumer<SeriesKey, SeriesWindow> windows) {
        visit(tenant, selector.metric(), (key, ring) -> {
            if (selector.matches(key)) {
                ring.visit(
                        fromMillis,
                        toMillis,
                        rollup -> rollups.accept(key, rollup),
                        window -> windows.accept(key, window));
            }
        });
    }

    @Override
    public long grainMillis(long atMillis) {
        if (atMillis >= windowsBeginMillis) {
            return SeriesWindow.LENGTH_MILLIS;
        }
        for (RollupTier tier : tiers) {
            if (atMillis >= tier.beginsMillis) {
                return tier.lengthMillis;
            }
        }
        return tiers.get(tiers.size() - 1).lengthMillis;
    }

    @Override
    public long windowsBeginMillis() {
        return windowsBeginMillis;
    }

    @Override
    public long lastChange(String tenant, String metric, long startMillis) {
        Tenant owner = tenants.get(tenant);
        return owner == null ? 0 : owner.changes.getOrDefault(metric, Map.of()).getOrDefault(startMillis, 0L);
    }

    @Override
    public void keys(String tenant, String metric, Consumer<SeriesKey> visitor) {
        visit(tenant, metric, (key, ring) -> visitor.accept(key));
    }

    @Override
    public void totals(String tenant, String metric, BiConsumer<SeriesKey, SeriesTotals> visitor) {
        visit(tenant, metric, (key, ring) -> {
            if (ring.isCurrent()) {
                visitor.accept(key, ring.totals());
            }
        });
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
