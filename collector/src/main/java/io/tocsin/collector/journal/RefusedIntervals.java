/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whose data was refused, from when to when and how often, until it is written. Thread-safe; one per tenant. */
final class RefusedIntervals {
    private record Interval(long fromMillis, long toMillis, long batches) {
        Interval and(Interval more) {
            return new Interval(fromMillis, more.toMillis, batches + more.batches);
        }
    }

    private final Map<String, Interval> byTenant = new ConcurrentHashMap<>();

    void add(String tenant, long nowMillis) {
        byTenant.merge(tenant, new Interval(nowMillis, nowMillis, 1), Interval::and);
    }

    /** What came since this was last called, by tenant. */
    List<Entry.Refused> take() {
        List<Entry.Refused> taken = new ArrayList<>();
        byTenant.keySet().stream().sorted().forEach(tenant -> {
            Interval interval = byTenant.remove(tenant);
            if (interval != null) {
                taken.add(
                        new Entry.Refused(tenant, interval.fromMillis(), interval.toMillis() + 1, interval.batches()));
            }
        });
        return taken;
    }
}
