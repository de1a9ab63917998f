/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import io.grpc.Channel;
import java.util.Map;

/**
 * What a collector counted, against what a producer wrote down.
 *
 * @param lost acknowledged and not counted
 * @param dup counted twice
 * @param phantom counted and never sent
 */
public record LedgerAudit(long lost, long dup, long phantom) {
    public static final LedgerAudit CLEAN = new LedgerAudit(0, 0, 0);

    private static final Counted NOTHING = new Counted();

    /** The producer has ended. */
    static LedgerAudit of(Channel collector, LedgerProducer producer) {
        // what is acknowledged is there for whoever asks for at least that
        Map<String, Counted> counted = counted(collector, producer.beginSeconds(), producer.lastAckedOffset());
        long lost = 0;
        for (long sequence = 1; sequence <= producer.sent(); sequence++) {
            long mask =
                    counted.getOrDefault(producer.agentOf(sequence), NOTHING).mask();
            boolean isCounted = (mask >> LedgerProducer.bitOf(sequence) & 1) == 1;
            lost += !isCounted && producer.acknowledged().contains(sequence) ? 1 : 0;
        }
        long phantom = 0;
        long dup = 0;
        for (Map.Entry<String, Counted> agent : counted.entrySet()) {
            long mask = agent.getValue().mask();
            phantom += Long.bitCount(mask & ~producer.maskOf(agent.getKey()));
            // a batch that counts twice adds a record, and no bit of its own
            dup += Math.max(0, agent.getValue().records() - Long.bitCount(mask));
        }
        return new LedgerAudit(lost, dup, phantom);
    }

    /** Records that can be queried. */
    static long records(Channel collector, long sinceSeconds) {
        return counted(collector, sinceSeconds, 0).values().stream()
                .mapToLong(Counted::records)
                .sum();
    }

    private static Map<String, Counted> counted(Channel collector, long sinceSeconds, long ackedOffset) {
        return Counted.byAgent(collector, sinceSeconds - 60, System.currentTimeMillis() / 1_000 + 60, ackedOffset);
    }

    LedgerAudit plus(LedgerAudit other) {
        return new LedgerAudit(lost + other.lost, dup + other.dup, phantom + other.phantom);
    }
}
