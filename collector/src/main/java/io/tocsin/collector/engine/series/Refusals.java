/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.series;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.journal.Entry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/** When the collector refused data of a tenant: silence in that time proves nothing. */
public final class Refusals {
    private static final int MAX_INTERVALS = 1_000;

    private record Interval(long fromMillis, long toMillis) {}

    private static final String SECTION = "refusals";
    private static final int VERSION = 1;

    private final Map<String, ArrayDeque<Interval>> byTenant = new TreeMap<>();

    public void add(Entry.Refused refused) {
        ArrayDeque<Interval> intervals = byTenant.computeIfAbsent(refused.tenant(), t -> new ArrayDeque<>());
        intervals.add(new Interval(refused.fromMillis(), refused.toMillis()));
        if (intervals.size() > MAX_INTERVALS) {
            intervals.removeFirst();
        }
    }

    public void save(StateWriter out) {
        out.section(SECTION, VERSION);
        out.writeSize(byTenant.size());
        byTenant.forEach((tenant, intervals) -> {
            out.writeText(tenant);
            out.writeSize(intervals.size());
            for (Interval interval : intervals) {
                out.writeNumber(interval.fromMillis());
                out.writeNumber(interval.toMillis());
            }
        });
    }

    public void restore(StateReader in) throws IOException {
        in.section(SECTION, VERSION);
        for (int left = in.readCount(); left > 0; left--) {
            ArrayDeque<Interval> intervals = new ArrayDeque<>();
            byTenant.put(in.readText(), intervals);
            for (int more = in.readCount(); more > 0; more--) {
                intervals.add(new Interval(in.readNumber(), in.readNumber()));
            }
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
