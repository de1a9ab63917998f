/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.micro;

import io.tocsin.benchmarks.ingest.BareServer;
import io.tocsin.client.Attributes;
import io.tocsin.client.Balance;
import io.tocsin.client.Outcomes;
import io.tocsin.client.Status;
import io.tocsin.client.TocsinClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a pushing service pays for a record: the call of {@code record()}, with a live client that sends to a server in this process. Recorded
 * in bursts of {@value #RECORDS} that fit into the queue, which is emptied between them outside of the measured time, since a call that
 * finds the queue full does less.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmark {
    static final int RECORDS = 4_096;
    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(30);
    private static final long LATENCY_NANOS = 120_000_000;
    private static final long TRACE_HIGH = 0x0102030405060708L;

    private final BareServer server;
    private final TocsinClient client;
    private final Outcomes outcomes;

    /** Starts server and client. */
    public RecordBenchmark() {
        try {
            server = BareServer.start();
        } catch (IOException e) {
            throw new IllegalStateException("the server cannot listen on 127.0.0.1", e);
        }
        client = TocsinClient.builder()
                .endpoint("127.0.0.1:" + server.port())
                .maxQueuedRecords(1 << 18)
                .build();
        outcomes = client.outcomes("gen_ai.invoke_agent.duration", Attributes.of("gen_ai.agent.name", "planner"));
    }

    /** Connects, so that the first burst is like any other. */
    @Setup(Level.Trial)
    public void connect() {
        outcomes.record(LATENCY_NANOS, Status.OK);
        drain();
    }

    /** A successful outcome, timed by the SDK's clock. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void record() {
        for (int i = 0; i < RECORDS; i++) {
            outcomes.record(LATENCY_NANOS + i, Status.OK);
        }
    }

    /** The same as part of a trace, given by hand. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void recordTraced() {
        for (int i = 0; i < RECORDS; i++) {
            outcomes.record(LATENCY_NANOS + i, Status.OK, null, TRACE_HIGH, i);
        }
    }

    /** Waits until all is acknowledged. */
    @TearDown(Level.Invocation)
    public void drain() {
        if (!client.flush(LONGEST_FLUSH)) {
            throw new IllegalStateException("the queue must be emptied in " + LONGEST_FLUSH + ", was not");
        }
    }

    /** Stops both, and fails if a record was lost: calls that drop must not be measured as calls that record. */
    @TearDown(Level.Trial)
    public void stop() {
        client.close();
        server.close();
        if (balance().acked() != balance().submitted()) {
            throw new IllegalStateException("all records must be acknowledged, were not: " + balance());
        }
    }

    Balance balance() {
        return client.balance();
    }
}
