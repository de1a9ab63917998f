/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.series;

import io.tocsin.collector.journal.Entry;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** When the collector refused data of a tenant: silence in that time proves nothing. */
public final class Refusals {
    private static final int MAX_INTERVALS = 1_000;

    private record Interval(long fromMillis, long toMillis) {}

    /** Never iterated over, so its order does not matter. */
    private final Map<String, ArrayDeque<Interval>> byTenant = new HashMap<>();

    public void add(Entry.Refused refused) {
        ArrayDeque<Interval> intervals = byTenant.computeIfAbsent(refused.tenant(), t -> new ArrayDeque<>());
        intervals.add(new Interval(refused.fromMillis(), refused.toMillis()));
        if (intervals.size() > MAX_INTERVALS) {
            intervals.removeFirst();
        }
    }

    /** Whether any data of the tenant was refused in [fromMillis, toMillis). */
    public boolean touch(String tenant, long fromMillis, long toMillis) {
        ArrayDeque<Interval> intervals = byTenant.get(tenant);
        if (intervals == null) {
            return false;
        }
        for (Interval interval : intervals) {
            if (interval.fromMillis() < toMillis && interval.toMillis() > fromMillis) {
                return true;
            }
        }
        return false;
    }
}
