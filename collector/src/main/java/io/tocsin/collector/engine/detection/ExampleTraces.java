/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.store.Exemplar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses at most {@value #MAX} traces that show what an alert is about: the slowest requests if it is about latency, else the failed ones that ended
 * last; the others only where there are none of those. What it chooses does not depend on the order in which they come.
 */
public final class ExampleTraces {
    public static final int MAX = 5;

    private record Request(long traceHigh, long traceLow, double seconds, long endMillis) {}

    private static final Comparator<Request> BY_ID =
            Comparator.comparingLong(Request::traceHigh).thenComparingLong(Request::traceLow);
    private static final Comparator<Request> SLOWEST_FIRST =
            Comparator.comparingDouble(Request::seconds).reversed().thenComparing(BY_ID);
    private static final Comparator<Request> LAST_FIRST =
            Comparator.comparingLong(Request::endMillis).reversed().thenComparing(BY_ID);

    private final boolean aboutLatency;
    private final List<Request> slow = new ArrayList<>(MAX + 1);
    private final List<Request> failed = new ArrayList<>(MAX + 1);

    ExampleTraces(boolean aboutLatency) {
        this.aboutLatency = aboutLatency;
    }

    void take(long traceHigh, long traceLow, double seconds, boolean hasFailed, long endMillis) {
        Request request = new Request(traceHigh, traceLow, seconds, endMillis);
        keep(slow, request, SLOWEST_FIRST);
        if (hasFailed) {
            keep(failed, request, LAST_FIRST);
        }
    }

    private static void keep(List<Request> best, Request request, Comparator<Request> order) {
        int at = best.size();
        while (at > 0 && order.compare(request, best.get(at - 1)) < 0) {
            at--;
        }
        if (at < MAX && best.stream().noneMatch(one -> BY_ID.compare(one, request) == 0)) {
            best.add(at, request);
            if (best.size() > MAX) {
                best.remove(MAX);
            }
        }
    }

    /** As 32 hexadecimal digits, the one that ended last at the end. */
    List<String> ids() {
        List<Request> chosen = aboutLatency || failed.isEmpty() ? slow : failed;
        return chosen.stream()
                .sorted(LAST_FIRST.reversed())
                .map(request -> Exemplar.idOf(request.traceHigh(), request.traceLow()))
                .toList();
    }
}
