/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.partition.Partition;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was before a range that moves on with time. It hardly differs from one second to the next and costs as much to read as the range itself, so
 * it is read again only when the range has moved by a twentieth of its length. Bounded by number: those not used longest
 * go. Thread-safe.
 */
final class Baselines {
    private static final int MOST = 64;
    private static final int PARTS = 20;

    private record Key(Partition partition, String tenant, long lengthMillis, long part) {}

    private final OutcomeReader reader;

    @SuppressWarnings("serial") // never written
    private final Map<Key, Outcomes> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Outcomes> eldest) {
            return size() > MOST;
        }
    };

    Baselines(OutcomeReader reader) {
        this.reader = reader;
    }

    /** The range of the same length before this one, at most a twentieth earlier. */
    Outcomes before(Partition partition, String tenant, ViewRange range) {
        long length = range.lengthMillis();
        long partMillis = Math.max(1, length / PARTS);
        Key key = new Key(partition, tenant, length, range.fromMillis() / partMillis);
        synchronized (kept) {
            Outcomes known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        Outcomes read = Outcomes.read(reader, partition, tenant, range.earlier(length, partition), 0);
        synchronized (kept) {
            kept.put(key, read);
        }
        return read;
    }
}
