/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.partition.Position;
import io.tocsin.collector.rule.Rule;
import java.io.IOException;
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
    private static final String SECTION = "journal";
    private static final int VERSION = 1;
    private static final long LOOK_EVERY_MILLIS = 60_000;

    private record Known(Liveness liveness, long sinceMillis) {}

    /** As many as a door remembers of those whose stream is closed. */
    private static final int MAX_DEFINED_PRODUCERS = 1_000;

    private final int partition;
    private final Ledgers ledgers;
    private final Map<ProducerKey, Known> livenesses = new LinkedHashMap<>();
    private final SortedMap<String, SortedMap<String, Rule>> rules = new TreeMap<>();
    private final SortedSet<String> tenants = new TreeSet<>();
    private final Map<ProducerKey, List<Entry.Definitions>> definitions = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ProducerKey, List<Entry.Definitions>> eldest) {
            return size() > MAX_DEFINED_PRODUCERS;
        }
    };
    private final long forgetAfterMillis;
    private long lastTickMillis;
    private long lookedMillis;

    public WrittenBefore(int partition, JournalSettings settings) {
        this.partition = partition;
        this.ledgers = new Ledgers(settings.answersKept());
        this.forgetAfterMillis = settings.forgetAfter().toMillis();
    }

    /** As it is after the entry that was read last. */
    public void save(StateWriter out) {
        out.section(SECTION, VERSION);
        out.writeNumber(lastTickMillis);
        out.writeNumber(lookedMillis);
        out.writeSize(tenants.size());
        tenants.forEach(out::writeText);
        out.writeSize(livenesses.size());
        livenesses.forEach((producer, known) -> {
            producer.save(out);
            out.writeText(known.liveness().name());
            out.writeNumber(known.sinceMillis());
        });
        out.writeSize(rules.size());
        rules.forEach((tenant, byName) -> {
            out.writeText(tenant);
            out.writeSize(byName.size());
            byName.values().forEach(rule -> out.write(bytes -> EntryCodec.write(rule, bytes)));
        });
        out.writeSize(definitions.size());
        definitions.forEach((producer, all) -> {
            producer.save(out);
            out.writeSize(all.size());
            all.forEach(one -> save(one, out));
        });
        ledgers.save(out);
    }

    private static void save(Entry.Definitions defined, StateWriter out) {
        out.writeSize(defined.series().size());
        defined.series().forEach(one -> {
            out.writeSize(one.id());
            out.write(one.key());
        });
        out.writeSize(defined.errorTypes().size());
        defined.errorTypes().forEach(one -> {
            out.writeSize(one.id());
            out.writeText(one.name());
        });
    }

    /** Before any entry. */
    public void restore(StateReader in) throws IOException {
        in.section(SECTION, VERSION);
        lastTickMillis = in.readNumber();
        lookedMillis = in.readNumber();
        for (int left = in.readCount(); left > 0; left--) {
            tenants.add(in.readText());
        }
        for (int left = in.readCount(); left > 0; left--) {
            livenesses.put(ProducerKey.restore(in), new Known(in.readConstant(Liveness.class), in.readNumber()));
        }
        for (int left = in.readCount(); left > 0; left--) {
            SortedMap<String, Rule> byName = new TreeMap<>();
            rules.put(in.readText(), byName);
            for (int more = in.readCount(); more > 0; more--) {
                Rule rule = EntryCodec.readRule(in);
                byName.put(rule.name(), rule);
            }
        }
        for (int left = in.readCount(); left > 0; left--) {
            ProducerKey producer = ProducerKey.restore(in);
            List<Entry.Definitions> all = new ArrayList<>();
            for (int more = in.readCount(); more > 0; more--) {
                all.add(restoreDefinitions(producer, in));
            }
            definitions.put(producer, all);
        }
        ledgers.restore(partition, in);
        in.end();
    }

    private static Entry.Definitions restoreDefinitions(ProducerKey producer, StateReader in) throws IOException {
        List<SeriesDefinition> series = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            series.add(new SeriesDefinition((int) in.readSize(), in.readSeriesKey()));
        }
        List<ErrorTypeDefinition> errorTypes = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            errorTypes.add(new ErrorTypeDefinition((int) in.readSize(), in.readText()));
        }
        return new Entry.Definitions(producer, series, errorTypes);
    }

    /** The next entry. */
    public void read(long offset, Entry entry) {
        if (entry instanceof Entry.Batch batch) {
            tenants.add(batch.scope().tenant());
            read(offset, batch);
        } else if (entry instanceof Entry.Tick tick) {
            lastTickMillis = tick.engineMillis();
            forgetLongLost();
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

    /** As a writer does: those who were lost for so long have nothing kept of them but which sequences they used. */
    private void forgetLongLost() {
        if (lastTickMillis < lookedMillis + LOOK_EVERY_MILLIS) {
            return;
        }
        lookedMillis = lastTickMillis;
        livenesses.entrySet().removeIf(one -> {
            boolean gone = one.getValue().liveness() == Liveness.LOST
                    && lastTickMillis - one.getValue().sinceMillis() > forgetAfterMillis;
            if (gone) {
                ledgers.forgetAnswers(one.getKey());
            }
            return gone;
        });
    }

    private void read(Entry.LivenessChanged changed) {
        if (changed.liveness() == Liveness.STOPPED) {
            livenesses.remove(changed.producer());
            ledgers.ended(changed.producer());
        } else {
            livenesses.put(changed.producer(), new Known(changed.liveness(), changed.atMillis()));
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
            if (known.liveness() == Liveness.ALIVE) {
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
