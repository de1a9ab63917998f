/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which producers are alive. {@link #heard} is thread-safe and cheap; the rest is confined to the journal writer's thread.
 */
final class LivenessTracker {
    /** How often all are looked at: groups may be a thousand a second, and producers as many. */
    static final long LOOK_EVERY_MILLIS = 50;

    private static final class Heard {
        volatile long atMillis;
    }

    private final long lostAfterMillis;
    private final long forgetAfterMillis;
    private final Map<ProducerKey, Heard> heard = new ConcurrentHashMap<>();
    /** As last written to the journal. In order of first appearance, so that entries have one order. */
    private final Map<ProducerKey, Liveness> written = new LinkedHashMap<>();

    private volatile Map<String, Integer> counts = Map.of();
    /** Somebody is new, or back: not to be kept waiting. */
    private volatile boolean news;

    private long lookedMillis = Long.MIN_VALUE;
    private final List<ProducerKey> forgotten = new ArrayList<>();

    LivenessTracker(long lostAfterMillis, long forgetAfterMillis) {
        this.lostAfterMillis = lostAfterMillis;
        this.forgetAfterMillis = forgetAfterMillis;
    }

    void heard(ProducerKey producer, long nowMillis) {
        Heard known = heard.get(producer);
        boolean isNews = known == null || nowMillis - known.atMillis > lostAfterMillis;
        heard.computeIfAbsent(producer, p -> new Heard()).atMillis = nowMillis;
        if (isNews) {
            news = true;
        }
    }

    /** It was so before; the last word counts. Who was lost stays lost until heard. Before anything is heard. */
    void restore(Entry.LivenessChanged known) {
        Heard last = new Heard();
        last.atMillis = known.liveness() == Liveness.ALIVE ? known.atMillis() : known.atMillis() - lostAfterMillis - 1;
        heard.put(known.producer(), last);
        written.put(known.producer(), known.liveness());
        recount();
    }

    /** The changes since the last call; who is lost may show {@value #LOOK_EVERY_MILLIS} ms late. */
    List<Entry.LivenessChanged> changes(long nowMillis) {
        if (!news && nowMillis < lookedMillis + LOOK_EVERY_MILLIS) {
            return List.of();
        }
        news = false;
        lookedMillis = nowMillis;
        List<Entry.LivenessChanged> changes = new ArrayList<>();
        heard.entrySet().stream()
                .filter(e -> !written.containsKey(e.getKey()))
                .map(Map.Entry::getKey)
                .sorted(java.util.Comparator.comparing(ProducerKey::tenant)
                        .thenComparing(ProducerKey::producer)
                        .thenComparing(ProducerKey::epoch))
                .forEach(p -> written.put(p, Liveness.STOPPED));
        for (Map.Entry<ProducerKey, Liveness> known : written.entrySet()) {
            Heard last = heard.get(known.getKey());
            if (last == null) {
                continue;
            }
            boolean lost = nowMillis - last.atMillis > lostAfterMillis;
            Liveness now = lost ? Liveness.LOST : Liveness.ALIVE;
            if (now != known.getValue()) {
                known.setValue(now);
                changes.add(new Entry.LivenessChanged(known.getKey(), now, lost ? last.atMillis : nowMillis));
            }
        }
        for (ProducerKey producer : List.copyOf(written.keySet())) {
            if (isForgotten(producer, nowMillis)) {
                written.remove(producer);
                forgotten.add(producer);
            }
        }
        if (!changes.isEmpty()) {
            recount();
        }
        return changes;
    }

    private boolean isForgotten(ProducerKey producer, long nowMillis) {
        Heard last = heard.get(producer);
        if (last != null && nowMillis - last.atMillis > forgetAfterMillis) {
            heard.remove(producer, last);
            return true;
        }
        return last == null;
    }

    /** Those who were lost for so long, since the last call, that nothing is expected of them. */
    List<ProducerKey> takeForgotten() {
        if (forgotten.isEmpty()) {
            return List.of();
        }
        List<ProducerKey> taken = List.copyOf(forgotten);
        forgotten.clear();
        return taken;
    }

    /** The producer said Goodbye. */
    Entry.LivenessChanged stopped(ProducerKey producer, long nowMillis) {
        heard.remove(producer);
        written.remove(producer);
        recount();
        return new Entry.LivenessChanged(producer, Liveness.STOPPED, nowMillis);
    }

    private void recount() {
        Map<String, Integer> fresh = new HashMap<>();
        written.values().forEach(liveness -> fresh.merge(liveness.word(), 1, Integer::sum));
        counts = Map.copyOf(fresh);
    }

    /** Producers by liveness. Thread-safe. */
    Map<String, Integer> counts() {
        return counts;
    }
}
