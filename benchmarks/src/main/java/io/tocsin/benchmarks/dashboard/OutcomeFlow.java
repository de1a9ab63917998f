/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.dashboard;

import io.tocsin.client.Attributes;
import io.tocsin.client.Balance;
import io.tocsin.client.Outcomes;
import io.tocsin.client.Status;
import io.tocsin.client.TocsinClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Agents that record outcomes at a steady rate through the client SDK, on a thread of their own. */
final class OutcomeFlow implements AutoCloseable {
    private static final long TICK_NANOS = 2_000_000;
    private static final int AGENT_TYPES = 20;

    private final TocsinClient client;
    private final List<Outcomes> series = new ArrayList<>();
    private final int rate;
    private final Thread thread = new Thread(this::run, "outcomes");
    private volatile boolean stopping;
    private long recorded;
    private long beganNanos;
    private long endedNanos;

    OutcomeFlow(int port, int seriesCount, int rate) {
        // room for ten seconds: the pauses of a process that has just started must not keep records from the collector
        this.client = TocsinClient.builder()
                .endpoint("127.0.0.1:" + port)
                .maxQueuedRecords(1 << 20)
                .build();
        this.rate = rate;
        for (int i = 0; i < seriesCount; i++) {
            String agent = "agent-" + i % AGENT_TYPES;
            series.add(client.outcomes(
                    "gen_ai.invoke_agent.duration",
                    Attributes.of(
                            "gen_ai.agent.name", agent,
                            "gen_ai.agent.id", agent + "-" + i / AGENT_TYPES,
                            "tocsin.task.type", "task-" + i % 3)));
        }
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        SplittableRandom random = new SplittableRandom(7);
        beganNanos = System.nanoTime();
        while (!stopping) {
            long due = (System.nanoTime() - beganNanos) * rate / 1_000_000_000L;
            for (; recorded < due; recorded++) {
                Outcomes one = series.get((int) (recorded % series.size()));
                one.record(
                        random.nextLong(20_000_000, 400_000_000), random.nextInt(500) == 0 ? Status.ERROR : Status.OK);
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
        endedNanos = System.nanoTime();
    }

    /** Outcomes a second; only after {@link #stop}. */
    double measuredRate() {
        return recorded * 1e9 / (endedNanos - beganNanos);
    }

    Balance balance() {
        return client.balance();
    }

    /** Records no more; waits until what was recorded is sent. */
    void stop() {
        stopping = true;
        join(thread);
        client.flush(Duration.ofSeconds(10));
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        client.close();
    }
}
