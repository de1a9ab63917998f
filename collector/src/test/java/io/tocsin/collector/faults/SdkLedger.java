/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.faults;

import io.tocsin.client.Attributes;
import io.tocsin.client.Balance;
import io.tocsin.client.Outcomes;
import io.tocsin.client.Status;
import io.tocsin.client.TocsinClient;
import java.time.InstantSource;
import java.util.Map;

/**
 * Records through the SDK such that it can be told afterwards which records the collector counted, and whether any was counted twice: each agent gets
 * {@value #RECORDS_OF_AGENT} records, each with a latency that is a power of two of its own. Not thread-safe.
 */
public final class SdkLedger {
    public static final int RECORDS_OF_AGENT = 48;

    private final String name;
    private final InstantSource clock;
    private long recorded;

    public SdkLedger(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
    }

    /** Records all of the next agent's. */
    public void recordAgent(TocsinClient tocsin) {
        Outcomes calls = tocsin.outcomes(LedgerProducer.METRIC, Attributes.of(LedgerProducer.AGENT, agent(agents())));
        for (int bit = 0; bit < RECORDS_OF_AGENT; bit++) {
            calls.recordAt(clock.millis(), LedgerProducer.SMALLEST_SECONDS * (1L << bit), Status.OK, null);
            recorded++;
        }
    }

    private String agent(long number) {
        return name + "-" + number;
    }

    /** Whose records are all recorded. */
    public long agents() {
        return recorded / RECORDS_OF_AGENT;
    }

    public long recorded() {
        return recorded;
    }

    /** Records of the first so many agents that were not counted. */
    public static long lost(String name, long agents, Map<String, Counted> counted) {
        long lost = 0;
        for (long agent = 0; agent < agents; agent++) {
            Counted its = counted.get(name + "-" + agent);
            lost += RECORDS_OF_AGENT - (its == null ? 0 : Long.bitCount(its.mask()));
        }
        return lost;
    }

    /** Records of any agent that were counted again. */
    public static long doubled(Map<String, Counted> counted) {
        return counted.values().stream()
                .mapToLong(agent -> Math.max(0, agent.records() - Long.bitCount(agent.mask())))
                .sum();
    }

    /** What {@link Balance#submitted()} must be. */
    public static long sum(Balance balance) {
        return balance.acked() + balance.rejected() + balance.droppedInAll() + balance.queued() + balance.inFlight();
    }
}
