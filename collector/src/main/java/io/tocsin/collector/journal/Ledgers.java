/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ledgers of all who number their batches: at most {@value #MAX_LEDGERS}, who was heard of longest ago goes first. Confined to the journal
 * writer's thread, {@link #acceptedThrough} excepted.
 */
final class Ledgers {
    private static final int MAX_LEDGERS = 100_000;

    private final int answersKept;
    private final Map<ProducerKey, SequenceLedger> ledgers =
            new LinkedHashMap<>(16, 0.75f, true); // least recently used first
    private final Map<ProducerKey, Long> marks = new ConcurrentHashMap<>();
    /** Of all epochs that numbered their batches. As many as ledgers; who came first goes first. */
    private final Map<Name, Long> newestEpochs = new LinkedHashMap<>();

    private record Name(String tenant, String producer) {
        static Name of(ProducerKey key) {
            return new Name(key.tenant(), key.producer());
        }
    }

    Ledgers(int answersKept) {
        this.answersKept = answersKept;
    }

    void save(StateWriter out) {
        out.writeSize(ledgers.size());
        ledgers.forEach((key, ledger) -> {
            key.save(out);
            ledger.save(out);
        });
        out.writeSize(newestEpochs.size());
        newestEpochs.forEach((name, epoch) -> {
            out.writeText(name.tenant());
            out.writeText(name.producer());
            out.writeLong(epoch);
        });
    }

    void restore(int partition, StateReader in) throws IOException {
        for (int left = in.readCount(); left > 0; left--) {
            ProducerKey key = ProducerKey.restore(in);
            SequenceLedger ledger = SequenceLedger.restore(partition, answersKept, in);
            ledgers.put(key, ledger);
            forced(key, ledger.mark());
        }
        for (int left = in.readCount(); left > 0; left--) {
            newestEpochs.put(new Name(in.readText(), in.readText()), in.readLong());
        }
    }

    SequenceLedger of(ProducerKey key) {
        SequenceLedger known = ledgers.get(key);
        if (known != null) {
            return known;
        }
        SequenceLedger ledger = new SequenceLedger(answersKept);
        ledgers.put(key, ledger);
        newestEpochs.merge(Name.of(key), key.epoch(), Math::max);
        if (ledgers.size() > MAX_LEDGERS) {
            ProducerKey oldest = ledgers.keySet().iterator().next();
            ledgers.remove(oldest);
            marks.remove(oldest);
        }
        if (newestEpochs.size() > MAX_LEDGERS) {
            newestEpochs.remove(newestEpochs.keySet().iterator().next());
        }
        return ledger;
    }

    /** The epoch that has taken this one's place, if it said Goodbye and a later one has begun: nothing new of it is taken. */
    OptionalLong fencedBy(ProducerKey key) {
        SequenceLedger ledger = ledgers.get(key);
        long newest = newestEpochs.getOrDefault(Name.of(key), key.epoch());
        return ledger != null && ledger.hasEnded() && newest > key.epoch()
                ? OptionalLong.of(newest)
                : OptionalLong.empty();
    }

    /** The producer said Goodbye. */
    void ended(ProducerKey key) {
        of(key).end();
    }

    /** All up to the mark is forced. */
    void forced(ProducerKey key, long mark) {
        marks.put(key, mark);
    }

    void forgetAnswers(ProducerKey gone) {
        SequenceLedger ledger = ledgers.get(gone);
        if (ledger != null) {
            ledger.forgetAnswers();
        }
    }

    /** See {@link Intake#acceptedThrough}. Thread-safe. */
    long acceptedThrough(ProducerKey producer) {
        return marks.getOrDefault(producer, 0L);
    }
}
