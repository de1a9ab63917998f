/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.engine.window.WindowSink.Sealed;
import io.tocsin.collector.engine.window.WindowSink.SeriesTotals;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.store.InMemorySeriesStore;
import io.tocsin.collector.store.SeriesReader;
import io.tocsin.collector.store.SeriesRollup;
import io.tocsin.collector.store.SeriesWindow;
import io.tocsin.collector.store.StoreSettings;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Series: what is recent in memory by the second, what is older on disk as rollups. Between the two is one moment, a whole minute, for each question: before it all is read from disk, from
 * it on from memory, so that nothing is seen twice. Reading is thread-safe; writing is confined to the partition's thread.
 */
final class DiskSeriesStore implements SeriesReader, AutoCloseable {
    private final StoreDatabase store;
    private final InMemorySeriesStore recent;
    private final SeriesCatalog catalog;
    private final RollupRows rows;
    private final RollupBuilder builder;
    private final RollupRetention retention;
    private final RollupThread thread;
    private final SealedSums sums;
    private final List<Grouping> always;
    /** What is before that was sealed when the process began: it is on disk, and not in memory. */
    private final long openedMillis;

    private volatile Function<String, Collection<Grouping>> ofRules = tenant -> List.of();

    DiskSeriesStore(StoreDatabase store, StoreSettings settings, DiskSettings disk, RollupCounters counters) {
        this.store = store;
        this.recent = InMemorySeriesStore.ofRecent(settings);
        byte @Nullable [] known = store.get(Family.META, RollupMark.KEY);
        RollupMark mark = known == null ? RollupMark.NONE : RollupMark.read(known);
        this.catalog = new SeriesCatalog(store, mark, counters);
        this.rows = new RollupRows(store);
        this.sums = new SealedSums(counters);
        this.always = disk.groupings();
        this.builder = new RollupBuilder(store, catalog, mark, this::groupings, counters);
        this.retention = new RollupRetention(store, catalog, disk, counters);
        this.thread = new RollupThread(builder, retention, counters);
        this.openedMillis = mark.minutesMillis();
    }

    void groupings(Function<String, Collection<Grouping>> ofTenant) {
        ofRules = ofTenant;
    }

    private Collection<Grouping> groupings(String tenant) {
        Set<Grouping> all = new LinkedHashSet<>(always);
        all.addAll(ofRules.apply(tenant));
        return all;
    }

    void publish(String tenant, SeriesKey key, SeriesWindow window, SeriesTotals totals) {
        recent.publish(tenant, key, window, totals);
    }

    void resumed(String tenant, SeriesKey key, SeriesTotals totals) {
        recent.resumed(tenant, key, totals);
    }

    void forget(String tenant, SeriesKey key) {
        recent.forget(tenant, key);
    }

    void time(long engineMillis) {
        recent.time(engineMillis);
    }

    void sealed(long startMillis, List<Sealed> windows) {
        thread.sealed(startMillis, windows);
    }

    void sealedBefore(long minuteMillis) {
        thread.sealedBefore(minuteMillis);
    }

    void drain() {
        thread.drain();
    }

    InMemorySeriesStore recent() {
        return recent;
    }

    int waiting() {
        return thread.waiting();
    }

    String problem() {
        return thread.problem();
    }

    long bytes() {
        return retention.bytes();
    }

    long sumsBytes() {
        return sums.bytes();
    }

    /** From here on all is in memory. */
    private long recentMillis() {
        return Math.max(openedMillis, recent.beginsMillis());
    }

    /** A whole minute: what starts before is read from disk, as far as it has been written. */
    private long boundaryMillis() {
        return Math.min(recentMillis(), builder.minutesMillis());
    }

    @Override
    public void scan(
            String tenant,
            Selector selector,
            long fromMillis,
            long toMillis,
            BiConsumer<SeriesKey, SeriesWindow> visitor) {
        long from = Math.max(fromMillis, boundaryMillis());
        if (from < toMillis) {
            recent.scan(tenant, selector, from, toMillis, visitor);
        }
    }

    @Override
    public void scanAll(
            String tenant,
            Selector selector,
            long fromMillis,
            long toMillis,
            BiConsumer<SeriesKey, SeriesRollup> rollups,
            BiConsumer<SeriesKey, SeriesWindow> windows) {
        long boundary = boundaryMillis();
        if (fromMillis < boundary) {
            Shape each = new Shape(List.of(), 0);
            Collection<StoredSeries> all = series(tenant, selector, Optional.empty());
            parts(each, false, fromMillis, Math.min(toMillis, boundary)).forEach(part -> rows(all, part, rollups));
        }
        if (boundary < toMillis) {
            recent.scanAll(tenant, selector, Math.max(fromMillis, boundary), toMillis, rollups, windows);
        }
    }

    @Override
    public void scanAll(
            String tenant,
            Selector selector,
            Shape shape,
            long fromMillis,
            long toMillis,
            BiConsumer<SeriesKey, SeriesRollup> rollups,
            BiConsumer<SeriesKey, SeriesWindow> windows) {
        long boundary = boundaryMillis();
        if (fromMillis < boundary) {
            old(tenant, selector, shape, fromMillis, Math.min(toMillis, boundary), rollups);
        }
        if (boundary < toMillis) {
            recent.scanAll(tenant, selector, shape, Math.max(fromMillis, boundary), toMillis, rollups, windows);
        }
    }

    /** From the groups that are kept, as soon as they were; before that from series. */
    private void old(
            String tenant,
            Selector selector,
            Shape shape,
            long fromMillis,
            long toMillis,
            BiConsumer<SeriesKey, SeriesRollup> rollups) {
        Optional<StoredGrouping> groups =
                catalog.answering(tenant, grouping -> grouping.answers(selector, shape.groupBy()), fromMillis);
        long groupsFrom = Math.min(
                toMillis, Math.max(fromMillis, groups.map(g -> g.sinceMillis).orElse(Long.MAX_VALUE)));
        if (groupsFrom > fromMillis) {
            // an hour that has groups only from its middle on is read from series
            boolean hours = shape.stepMillis() % Resolution.HOUR.lengthMillis == 0;
            long until = hours ? Math.min(toMillis, Resolution.HOUR.ceil(groupsFrom)) : groupsFrom;
            ofSeries(tenant, selector, shape, fromMillis, until, rollups);
            groupsFrom = until;
        }
        if (groupsFrom < toMillis) {
            Collection<StoredSeries> kept = series(tenant, selector, groups);
            parts(shape, true, groupsFrom, toMillis).forEach(part -> rows(kept, part, rollups));
        }
    }

    private List<RollupPlan.Part> parts(Shape shape, boolean areGroups, long fromMillis, long toMillis) {
        return RollupPlan.of(fromMillis, toMillis, shape.stepMillis(), tensMillis(areGroups), builder.hoursMillis());
    }

    /** Hours of many series in few lines come as their sums, which are kept; all else as it is. */
    private void ofSeries(
            String tenant,
            Selector selector,
            Shape shape,
            long fromMillis,
            long toMillis,
            BiConsumer<SeriesKey, SeriesRollup> rollups) {
        Collection<StoredSeries> of = series(tenant, selector, Optional.empty());
        for (RollupPlan.Part part : parts(shape, false, fromMillis, toMillis)) {
            long hours = (part.toMillis() - part.fromMillis()) / Resolution.HOUR.lengthMillis;
            if (part.resolution() == Resolution.HOUR && SealedSums.areOf(of, shape.groupBy(), hours)) {
                sums.visit(
                        new SealedSums.Question(tenant, selector, shape.groupBy()),
                        part.fromMillis(),
                        part.toMillis(),
                        retention.beginsMillis(Resolution.HOUR),
                        (from, to, visitor) -> rows(of, new RollupPlan.Part(Resolution.HOUR, from, to), visitor),
                        rollups);
            } else {
                rows(of, part, rollups);
            }
        }
    }

    private void rows(Collection<StoredSeries> of, RollupPlan.Part part, BiConsumer<SeriesKey, SeriesRollup> rollups) {
        store.withCursor(part.resolution().family, cursor -> {
            for (StoredSeries series : of) {
                rows.scan(
                        cursor,
                        series,
                        part.resolution(),
                        part.fromMillis(),
                        part.toMillis(),
                        rollup -> rollups.accept(series.key, rollup));
            }
        });
    }

    private Collection<StoredSeries> series(String tenant, Selector selector, Optional<StoredGrouping> groups) {
        if (groups.isPresent()) {
            StoredGrouping kept = groups.get();
            return kept.groups.values().stream()
                    .filter(group -> kept.grouping.takes(selector, group.key.attributes()))
                    .toList();
        }
        return catalog.series(tenant, selector.metric()).stream()
                .filter(series -> selector.matches(series.key))
                .toList();
    }

    @Override
    public void scanSome(
            String tenant,
            Selector selector,
            Shape shape,
            long fromMillis,
            long toMillis,
            ObjLongConsumer<SeriesKey> rollups,
            BiConsumer<SeriesKey, SeriesWindow> windows) {
        long boundary = boundaryMillis();
        if (fromMillis < boundary) {
            Optional<StoredGrouping> groups =
                    catalog.answering(tenant, grouping -> grouping.answers(selector, shape.groupBy()), fromMillis);
            long to = Math.min(toMillis, boundary);
            if (groups.isPresent() && groups.get().sinceMillis <= fromMillis) {
                some(series(tenant, selector, groups), true, shape, fromMillis, to, rollups);
            } else {
                some(series(tenant, selector, Optional.empty()), false, shape, fromMillis, to, rollups);
                if (groups.isPresent()) {
                    some(series(tenant, selector, groups), true, shape, groups.get().sinceMillis, to, rollups);
                }
            }
        }
        if (boundary < toMillis) {
            recent.scanSome(tenant, selector, shape, Math.max(fromMillis, boundary), toMillis, rollups, windows);
        }
    }

    private long tensMillis(boolean areGroups) {
        return areGroups ? retention.beginsMillis(Resolution.TEN_SECONDS) : Long.MAX_VALUE;
    }

    /** Those that have a row. */
    private void some(
            Collection<StoredSeries> of,
            boolean tens,
            Shape shape,
            long fromMillis,
            long toMillis,
            ObjLongConsumer<SeriesKey> visitor) {
        Set<StoredSeries> left = new LinkedHashSet<>(of);
        for (RollupPlan.Part part : parts(shape, tens, fromMillis, toMillis)) {
            store.withCursor(
                    part.resolution().family,
                    cursor -> left.removeIf(series -> {
                        boolean[] found = {false};
                        rows.scanStarts(
                                cursor, series, part.resolution(), part.fromMillis(), part.toMillis(), start -> {
                                    found[0] = true;
                                    visitor.accept(series.key, part.resolution().lengthMillis);
                                    return false;
                                });
                        return found[0];
                    }));
        }
    }

    @Override
    public long grainMillis(long atMillis) {
        if (atMillis >= boundaryMillis()) {
            return recent.grainMillis(atMillis);
        }
        return atMillis >= Math.min(retention.beginsMillis(Resolution.MINUTE), boundaryMillis())
                ? Resolution.MINUTE.lengthMillis
                : Resolution.HOUR.lengthMillis;
    }

    @Override
    public long windowsBeginMillis() {
        return Math.max(boundaryMillis(), recent.windowsBeginMillis());
    }

    @Override
    public long lastChange(String tenant, String metric, long startMillis) {
        return recent.lastChange(tenant, metric, startMillis);
    }

    @Override
    public void keys(String tenant, String metric, Consumer<SeriesKey> visitor) {
        TreeSet<SeriesKey> keys = new TreeSet<>();
        catalog.series(tenant, metric).forEach(series -> keys.add(series.key));
        recent.keys(tenant, metric, keys::add);
        keys.forEach(visitor);
    }

    @Override
    public void totals(String tenant, String metric, BiConsumer<SeriesKey, SeriesTotals> visitor) {
        recent.totals(tenant, metric, visitor);
    }

    @Override
    public void keys(String tenant, Consumer<SeriesKey> visitor) {
        TreeSet<SeriesKey> keys = new TreeSet<>();
        catalog.series(tenant, null).forEach(series -> keys.add(series.key));
        recent.keys(tenant, keys::add);
        keys.forEach(visitor);
    }

    @Override
    public long earliestMillis(String tenant) {
        long onDisk = Math.min(retention.beginsMillis(Resolution.MINUTE), retention.beginsMillis(Resolution.HOUR));
        return catalog.tenants().contains(tenant)
                ? Math.min(onDisk, recent.earliestMillis(tenant))
                : recent.earliestMillis(tenant);
    }

    @Override
    public long latestMillis(String tenant) {
        return recent.latestMillis(tenant);
    }

    @Override
    public void close() {
        thread.close();
    }
}
