/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The names that pushes used, by tenant and partition: the {@value #MAX_PLACES} used last. Whoever comes back after that begins a new
 * epoch. Thread-safe.
 */
final class PushNamesByPlace {
    static final int MAX_PLACES = 256;

    private record Place(String tenant, int partition) {}

    private final int maxSeries;
    private final AtomicLong epochs;
    private final Map<Place, PushNames> places = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, PushNames> eldest) {
            return size() > MAX_PLACES;
        }
    };

    /** @param firstEpoch greater than any used by a collector before this one */
    PushNamesByPlace(int maxSeries, long firstEpoch) {
        this.maxSeries = maxSeries;
        this.epochs = new AtomicLong(firstEpoch);
    }

    synchronized PushNames of(String tenant, int partition) {
        return places.computeIfAbsent(
                new Place(tenant, partition), place -> new PushNames(tenant, maxSeries, epochs::getAndIncrement));
    }
}
