/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import io.tocsin.collector.partition.Position;
import io.tocsin.collector.rule.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a writer must know of the entries that were written before it began: who sent what, who was alive, which rules there are. Shown each of them, in
 * order. Not thread-safe.
 */
public final class WrittenBefore {
    /** As many as a door remembers of those whose stream is closed. */
    private static final int MAX_DEFINED_PRODUCERS = 1_000;

    private final int partition;
    private final Ledgers ledgers;
    private final Map<ProducerKey, Liveness> livenesses = new LinkedHashMap<>();
    private final SortedMap<String, SortedMap<String, Rule>> rules = new TreeMap<>();
    private final SortedSet<String> tenants = new TreeSet<>();
    private final Map<ProducerKey, List<Entry.Definitions>> definitions = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ProducerKey, List<Entry.Definitions>> eldest) {
            return size() > MAX_DEFINED_PRODUCERS;
        }
    };
    private long lastTickMillis;

    public WrittenBefore(int partition, JournalSettings settings) {
        this.partition = partition;
        this.ledgers = new Ledgers(settings.answersKept());
    }

    /** The next entry. */
    public void read(long offset, Entry entry) {
        if (entry instanceof Entry.Batch batch) {
            tenants.add(batch.scope().tenant());
            read(offset, batch);
        } else if (entry instanceof Entry.Tick tick) {
            lastTickMillis = tick.engineMillis();
        } else if (entry instanceof Entry.LivenessChanged changed) {
            tenants.add(changed.producer().tenant());
            read(changed);
        } else if (entry instanceof Entry.RuleSet set) {
            tenants.add(set.tenant());
            rules.computeIfAbsent(set.tenant(), t -> new TreeMap<>())
                    .put(set.rule().name(), set.rule());
        } else if (entry instanceof Entry.RuleRemoved removed) {
            rules.computeIfAbsent(removed.tenant(), t -> new TreeMap<>()).remove(removed.name());
        } else if (entry instanceof Entry.Definitions defined) {
            definitions.computeIfAbsent(defined.scope(), s -> new ArrayList<>()).add(defined);
        }
    }

    private void read(long offset, Entry.Batch batch) {
        if (batch.sequence() == 0) {
            return;
        }
        Entry.Claim claim = batch.claim();
        SequenceLedger ledger = ledgers.of(claim.key());
        Answer answer = new Answer(batch.sequence(), new Position(partition, offset), false, claim.rejections());
        ledger.accept(batch.sequence(), claim.contentHash(), batch.bytes().length, answer);
        ledgers.forced(claim.key(), ledger.mark());
    }

    private void read(Entry.LivenessChanged changed) {
        if (changed.liveness() == Liveness.STOPPED) {
            livenesses.remove(changed.producer());
            ledgers.ended(changed.producer());
        } else {
            livenesses.put(changed.producer(), changed.liveness());
        }
    }

    /**
     * What the first group of a new writer says of the time in which there was none: nobody was listened to. So those who were alive are lost from the
     * last tick on; how long anybody was lost counts from now; and no tenant's silence proves anything.
     *
     * @param nowMillis engine time
     */
    public List<Entry> interruption(long nowMillis) {
        if (lastTickMillis == 0) {
            return List.of();
        }
        long now = Math.max(nowMillis, lastTickMillis);
        List<Entry> told = new ArrayList<>();
        livenesses.forEach((producer, known) -> {
            if (known == Liveness.ALIVE) {
                told.add(new Entry.LivenessChanged(producer, Liveness.LOST, lastTickMillis));
            }
            told.add(new Entry.LivenessChanged(producer, Liveness.LOST, now));
        });
        tenants.forEach(tenant -> told.add(new Entry.Refused(tenant, lastTickMillis, now + 1, 0)));
        return told;
    }

    Ledgers ledgers() {
        return ledgers;
    }

    /** Engine time of the last tick; 0 if there is none. */
    public long lastTickMillis() {
        return lastTickMillis;
    }

    /** All that an entry names. */
    public SortedSet<String> tenants() {
        return tenants;
    }

    /** The tenant's rules, by name. */
    public Map<String, Rule> rules(String tenant) {
        return rules.getOrDefault(tenant, new TreeMap<>());
    }

    /** What the ids of the producers that defined any last mean; not kept any longer. */
    public List<Entry.Definitions> takeDefinitions() {
        List<Entry.Definitions> taken =
                definitions.values().stream().flatMap(List::stream).toList();
        definitions.clear();
        return taken;
    }
}
