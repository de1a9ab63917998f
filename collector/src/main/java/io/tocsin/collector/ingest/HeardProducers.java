/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import io.tocsin.collector.journal.ProducerKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Producers that were heard since the start, and what came of their records; for people, nothing is decided by it. Thread-safe.
 *
 * <p>Bounded by {@value #MAX}: the one that stopped and was not heard for longest goes, or, if none has stopped, the one not heard for longest; counted.
 */
public final class HeardProducers {
    public static final int MAX = 10_000;

    private record Place(int partition, ProducerKey key) {}

    private final int max;
    private final Map<Place, HeardProducer> byPlace = new ConcurrentHashMap<>();
    private final LongAdder forgotten = new LongAdder();

    HeardProducers() {
        this(MAX);
    }

    HeardProducers(int max) {
        this.max = max;
    }

    /** The producer of that key, a new one if it is not known. */
    HeardProducer of(int partition, ProducerKey key, long nowMillis) {
        Place place = new Place(partition, key);
        HeardProducer known = byPlace.get(place);
        if (known == null) {
            if (byPlace.size() >= max) {
                forgetOne();
            }
            known = byPlace.computeIfAbsent(place, p -> new HeardProducer(partition, key));
        }
        known.heard(nowMillis);
        return known;
    }

    private synchronized void forgetOne() {
        byPlace.entrySet().stream()
                .min(Comparator.comparing((Map.Entry<Place, HeardProducer> one) ->
                                !one.getValue().isStopped())
                        .thenComparingLong(one -> one.getValue().heardMillis()))
                .ifPresent(oldest -> {
                    if (byPlace.remove(oldest.getKey(), oldest.getValue())) {
                        forgotten.increment();
                    }
                });
    }

    /**
     * Those of one tenant and partition, heard last first.
     *
     * @param lostAfterMillis who sends heartbeats and is not heard for longer is lost
     */
    public List<ProducerView> of(String tenant, int partition, long nowMillis, long lostAfterMillis) {
        return byPlace.values().stream()
                .filter(one -> one.isOf(tenant, partition))
                .map(one -> one.view(nowMillis, lostAfterMillis))
                .sorted(Comparator.comparingLong(ProducerView::heardMillis)
                        .reversed()
                        .thenComparing(ProducerView::name)
                        .thenComparingLong(ProducerView::epoch))
                .toList();
    }

    /** Those that went because there were too many. */
    public long forgotten() {
        return forgotten.sum();
    }
}
