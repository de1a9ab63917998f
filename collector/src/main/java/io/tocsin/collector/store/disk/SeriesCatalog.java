/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.WriteBatch;

/**
 * Which series and groups have rows, and their numbers; all of it in memory, some 300 bytes each. Reading is thread-safe; writing is confined to the rollups' thread.
 *
 * <p>Bounded by {@link #MAX_SERIES}: further series have no rows, and by {@link #MAX_GROUPS} of a grouping: one that has more is given up, its questions are answered from series.
 */
final class SeriesCatalog {
    static final int MAX_SERIES = 1_000_000;
    static final int MAX_GROUPS = 2_000;

    private final StoreDatabase store;
    private final RollupCounters counters;
    private final Map<String, ConcurrentNavigableMap<SeriesKey, StoredSeries>> series = new ConcurrentHashMap<>();
    /** The same again, to be found without comparing keys. Confined to the rollups' thread. */
    private final Map<String, Map<SeriesKey, StoredSeries>> index = new HashMap<>();

    private final Map<String, List<StoredGrouping>> groupings = new ConcurrentHashMap<>();
    /** Grouped too finely; not tried again in this process. */
    private final Set<Grouping> givenUp = new HashSet<>();

    private final List<Integer> gone = new ArrayList<>();
    private int count;
    private int nextSeries;
    private int nextGrouping;
    private int groupingsVersion;

    SeriesCatalog(StoreDatabase store, RollupMark mark, RollupCounters counters) {
        this.store = store;
        this.counters = counters;
        this.nextSeries = mark.nextSeries();
        this.nextGrouping = mark.nextGrouping();
        store.scan(Family.GROUPINGS, new byte[0], new byte[] {-1}, (key, value) -> {
            StoredGrouping grouping = StoredGrouping.read(ByteBuffer.wrap(key).getInt(), value);
            groupingsOf(grouping.tenant).add(grouping);
            nextGrouping = Math.max(nextGrouping, grouping.number + 1);
            return true;
        });
        store.scan(Family.SERIES, new byte[0], new byte[] {-1}, (key, value) -> {
            StoredSeries one = StoredSeries.read(ByteBuffer.wrap(key).getInt(), value);
            add(one);
            nextSeries = Math.max(nextSeries, one.number + 1);
            nextGrouping = Math.max(nextGrouping, one.grouping + 1);
            return true;
        });
    }

    private void add(StoredSeries one) {
        if (one.grouping == StoredSeries.NO_GROUPING) {
            series.computeIfAbsent(one.tenant, t -> new ConcurrentSkipListMap<>())
                    .put(one.key, one);
            index.computeIfAbsent(one.tenant, t -> new HashMap<>()).put(one.key, one);
        } else {
            groupingsOf(one.tenant).stream()
                    .filter(grouping -> grouping.number == one.grouping)
                    .forEach(grouping -> grouping.groups.put(one.key, one));
        }
        count++;
    }

    /** The series, with its groups; null if there are too many. */
    @Nullable
    StoredSeries find(String tenant, SeriesKey key) {
        Map<SeriesKey, StoredSeries> ofTenant = index.computeIfAbsent(tenant, t -> new HashMap<>());
        StoredSeries one = ofTenant.get(key);
        if (one == null) {
            one = create(tenant, StoredSeries.NO_GROUPING, key);
            if (one == null) {
                return null;
            }
            ofTenant.put(key, one);
            series.computeIfAbsent(tenant, t -> new ConcurrentSkipListMap<>()).put(key, one);
        }
        if (one.groupsAsOf != groupingsVersion) {
            one.groups = groups(tenant, key);
            one.groupsAsOf = groupingsVersion;
        }
        return one;
    }

    private @Nullable StoredSeries create(String tenant, int grouping, SeriesKey key) {
        if (count >= MAX_SERIES) {
            counters.unstored.increment();
            return null;
        }
        count++;
        return new StoredSeries(nextSeries++, tenant, grouping, key, Long.MIN_VALUE);
    }

    private List<StoredSeries> groups(String tenant, SeriesKey key) {
        List<StoredSeries> groups = new ArrayList<>();
        for (StoredGrouping grouping : groupingsOf(tenant)) {
            if (grouping.grouping.selector().matches(key)) {
                Attributes shared = key.attributes().only(grouping.grouping.groupBy());
                SeriesKey group = new SeriesKey(key.metric(), key.kind(), shared);
                StoredSeries known = grouping.groups.get(group);
                if (known == null) {
                    known = grouping.groups.size() < MAX_GROUPS ? create(tenant, grouping.number, group) : null;
                    if (known == null) {
                        giveUp(grouping);
                        continue;
                    }
                    grouping.groups.put(group, known);
                }
                groups.add(known);
            }
        }
        return groups;
    }

    private void giveUp(StoredGrouping grouping) {
        givenUp.add(grouping.grouping);
        groupingsOf(grouping.tenant).remove(grouping);
        gone.add(grouping.number);
        counters.groupingsGivenUp.increment();
    }

    /** These groupings are wanted from that minute on; others end. */
    void want(String tenant, Collection<Grouping> wanted, long fromMillis, WriteBatch batch) {
        List<StoredGrouping> known = groupingsOf(tenant);
        Set<Grouping> fresh = new LinkedHashSet<>(wanted);
        fresh.removeAll(givenUp);
        for (StoredGrouping grouping : List.copyOf(known)) {
            if (!fresh.remove(grouping.grouping)) {
                known.remove(grouping);
                gone.add(grouping.number);
                groupingsVersion++;
            }
        }
        gone.forEach(number -> store.delete(batch, Family.GROUPINGS, number(number)));
        gone.clear();
        for (Grouping grouping : fresh) {
            StoredGrouping begun = new StoredGrouping(nextGrouping++, tenant, grouping, fromMillis);
            known.add(begun);
            store.put(batch, Family.GROUPINGS, number(begun.number), begun.bytes());
            groupingsVersion++;
        }
    }

    /** It has records in that hour; written when that is news. */
    void seen(StoredSeries one, long hourMillis, WriteBatch batch) {
        if (one.lastHourMillis != hourMillis) {
            one.lastHourMillis = hourMillis;
            store.put(batch, Family.SERIES, number(one.number), one.bytes());
        }
    }

    /** Series and groups whose last rows are before that time go. */
    void forgetBefore(long millis, WriteBatch batch) {
        for (StoredSeries one : all()) {
            if (one.lastHourMillis < millis && one.lastHourMillis != Long.MIN_VALUE) {
                store.delete(batch, Family.SERIES, number(one.number));
                count--;
                if (one.grouping == StoredSeries.NO_GROUPING) {
                    series.getOrDefault(one.tenant, new ConcurrentSkipListMap<>())
                            .remove(one.key);
                    index.getOrDefault(one.tenant, new HashMap<>()).remove(one.key);
                } else {
                    groupingsOf(one.tenant).forEach(grouping -> grouping.groups.remove(one.key, one));
                    groupingsVersion++;
                }
            }
        }
    }

    /** Series and groups of groupings that are kept up. */
    List<StoredSeries> all() {
        List<StoredSeries> all = new ArrayList<>();
        series.values().forEach(ofTenant -> all.addAll(ofTenant.values()));
        groupings.values().forEach(ofTenant -> ofTenant.forEach(grouping -> all.addAll(grouping.groups.values())));
        return all;
    }

    Set<String> tenants() {
        return series.keySet();
    }

    /** In order of keys; {@code metric} null: all. */
    Collection<StoredSeries> series(String tenant, @Nullable String metric) {
        ConcurrentNavigableMap<SeriesKey, StoredSeries> ofTenant = series.get(tenant);
        if (ofTenant == null) {
            return List.of();
        }
        if (metric == null) {
            return ofTenant.values();
        }
        // names have no character 0, so nothing stands between a metric and itself with it
        return ofTenant.subMap(
                        new SeriesKey(metric, SeriesKind.OUTCOME, Attributes.NONE),
                        new SeriesKey(metric + '\0', SeriesKind.OUTCOME, Attributes.NONE))
                .values();
    }

    List<StoredGrouping> groupingsOf(String tenant) {
        return groupings.computeIfAbsent(tenant, t -> new CopyOnWriteArrayList<>());
    }

    /** Of those groupings that answer the one that has most of the time from then on, and of such the one with the fewest groups. */
    Optional<StoredGrouping> answering(String tenant, Predicate<Grouping> answers, long fromMillis) {
        return groupings.getOrDefault(tenant, List.of()).stream()
                .filter(grouping -> answers.test(grouping.grouping))
                .min(Comparator.comparingLong((StoredGrouping grouping) -> Math.max(fromMillis, grouping.sinceMillis))
                        .thenComparingInt(grouping -> grouping.groups.size()));
    }

    RollupMark mark(long minutesMillis, long hoursMillis) {
        return new RollupMark(minutesMillis, hoursMillis, nextSeries, nextGrouping);
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }
}
