/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds alerts of two runs that speak of the same problem: same tenant, rule, kind and group, firing at a common time. Each has one partner at most, the
 * first that fits. Stateless.
 */
final class Difference {
    private record Key(String tenant, String dedupKey) implements Comparable<Key> {
        static Key of(Episode episode) {
            return new Key(episode.alert().tenant(), episode.alert().dedupKey());
        }

        @Override
        public int compareTo(Key other) {
            int byTenant = tenant.compareTo(other.tenant);
            return byTenant != 0 ? byTenant : dedupKey.compareTo(other.dedupKey);
        }
    }

    private Difference() {}

    /** Both lists in order of time, as is the answer. */
    static List<Compared> of(List<Episode> then, List<Episode> now) {
        Map<Key, List<Episode>> unmatched = new TreeMap<>();
        for (Episode episode : now) {
            unmatched.computeIfAbsent(Key.of(episode), k -> new ArrayList<>()).add(episode);
        }
        List<Compared> compared = new ArrayList<>();
        for (Episode episode : then) {
            List<Episode> candidates = unmatched.getOrDefault(Key.of(episode), List.of());
            Episode partner = null;
            for (Episode candidate : candidates) {
                if (partner == null && candidate.overlaps(episode)) {
                    partner = candidate;
                }
            }
            if (partner == null) {
                compared.add(Compared.onlyThen(episode));
            } else {
                candidates.remove(partner);
                compared.add(Compared.both(episode, partner));
            }
        }
        unmatched.values().forEach(left -> left.forEach(episode -> compared.add(Compared.onlyNow(episode))));
        compared.sort(Comparator.<Compared>comparingLong(one -> one.episode().firedMillis())
                .thenComparing(one -> Key.of(one.episode())));
        return compared;
    }
}
