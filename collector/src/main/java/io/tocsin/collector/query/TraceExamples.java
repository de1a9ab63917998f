/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.query;

import io.tocsin.collector.store.Exemplar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which traces to look at, of those that producers sent: the five slowest and the five that failed last. Not thread-safe. */
final class TraceExamples {
    private static final int MOST = 5;
    private static final Comparator<Exemplar> SLOWEST =
            Comparator.comparingDouble(Exemplar::latencySeconds).reversed().thenComparing(Exemplar::traceId);
    private static final Comparator<Exemplar> NEWEST =
            Comparator.comparingLong(Exemplar::endMillis).reversed().thenComparing(Exemplar::traceId);

    private final List<Exemplar> slow = new ArrayList<>(0);
    private final List<Exemplar> failed = new ArrayList<>(0);

    void add(List<Exemplar> exemplars) {
        for (Exemplar exemplar : exemplars) {
            add(slow, exemplar, SLOWEST);
            if (exemplar.failed()) {
                add(failed, exemplar, NEWEST);
            }
        }
    }

    void add(TraceExamples other) {
        other.slow.forEach(exemplar -> add(slow, exemplar, SLOWEST));
        other.failed.forEach(exemplar -> add(failed, exemplar, NEWEST));
    }

    /** Both lists are short, so that a walk through them costs less than any other order. */
    private static void add(List<Exemplar> kept, Exemplar exemplar, Comparator<Exemplar> order) {
        int place = kept.size();
        while (place > 0 && order.compare(exemplar, kept.get(place - 1)) < 0) {
            place--;
        }
        boolean known = kept.stream().anyMatch(one -> one.traceId().equals(exemplar.traceId()));
        if (place < MOST && !known) {
            kept.add(place, exemplar);
            if (kept.size() > MOST) {
                kept.remove(MOST);
            }
        }
    }

    /** Those that took at least so long, slowest first. */
    List<String> slow(double leastSeconds) {
        return slow.stream()
                .filter(one -> one.latencySeconds() >= leastSeconds)
                .map(Exemplar::traceId)
                .toList();
    }

    /** Newest first. */
    List<String> failed() {
        return failed.stream().map(Exemplar::traceId).toList();
    }
}
