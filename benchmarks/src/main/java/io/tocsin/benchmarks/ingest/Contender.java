/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.ingest;

import io.tocsin.benchmarks.process.ServerProcess;
import io.tocsin.benchmarks.process.ServerUsage;
import io.tocsin.benchmarks.report.Quantiles;
import io.tocsin.benchmarks.report.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/** A server, its one producer, and what the rounds found. Not thread-safe. */
final class Contender implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long PACE_NANOS = 100_000;
    private static final long HEARTBEAT_NANOS = 1_000_000_000L;

    final String name;
    final List<Round> rounds = new ArrayList<>();
    final ServerProcess server;
    private final ProducerConnection producer;
    private final int outcomesEach;
    private final boolean applies;

    Contender(String name, boolean applies, ServerProcess server, ProducerConnection producer, EncodedBatches batches) {
        this.name = name;
        this.applies = applies;
        this.server = server;
        this.producer = producer;
        this.outcomesEach = batches.outcomesEach();
    }

    void heartbeat() {
        producer.heartbeat();
    }

    /**
     * Sends for so long, and waits until all of it is done. The idle one's producer stays alive meanwhile.
     *
     * @param outcomesPerSecond at most; 0 for as fast as it goes
     */
    Round run(int seconds, int outcomesPerSecond, Contender idle) throws IOException, InterruptedException {
        long sentBefore = producer.sent();
        long againBefore = producer.sentAgain();
        ServerUsage before = server.usage();
        long start = System.nanoTime();
        long nextHeartbeat = start;
        long end = start + seconds * (long) NANOS_PER_SECOND;
        for (long now = start; now < end; now = System.nanoTime()) {
            if (now >= nextHeartbeat) {
                nextHeartbeat += HEARTBEAT_NANOS;
                producer.heartbeat();
                idle.heartbeat();
            }
            double due = (now - start) / NANOS_PER_SECOND * outcomesPerSecond;
            if (outcomesPerSecond > 0 && (producer.sent() - sentBefore) * (double) outcomesEach > due) {
                LockSupport.parkNanos(PACE_NANOS);
            } else {
                producer.sendBatch();
            }
        }
        producer.awaitAnswers();
        long acked = System.nanoTime();
        if (applies) {
            producer.awaitApplied();
        }
        long applied = System.nanoTime();
        ServerUsage used = server.usage().since(before);
        double outcomes = (double) (producer.sent() - sentBefore) * outcomesEach;
        return new Round(
                outcomes / (acked - start) * NANOS_PER_SECOND,
                outcomes / (applied - start) * NANOS_PER_SECOND,
                used.cpuNanos() / outcomes,
                used.allocatedBytes() / outcomes,
                producer.sentAgain() - againBefore,
                Quantiles.of(producer.takeAckMillis()));
    }

    Spread spread(ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).toArray());
    }

    @Override
    public void close() throws IOException {
        producer.close();
        server.close();
    }
}
