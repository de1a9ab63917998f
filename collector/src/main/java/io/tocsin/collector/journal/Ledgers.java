/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import java.util.LinkedHashMap;
import java.util.Map;
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

    Ledgers(int answersKept) {
        this.answersKept = answersKept;
    }

    SequenceLedger of(ProducerKey key) {
        SequenceLedger ledger = ledgers.computeIfAbsent(key, k -> new SequenceLedger(answersKept));
        if (ledgers.size() > MAX_LEDGERS) {
            ProducerKey oldest = ledgers.keySet().iterator().next();
            ledgers.remove(oldest);
            marks.remove(oldest);
        }
        return ledger;
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
