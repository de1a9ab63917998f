/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.micro;

import com.sun.net.httpserver.HttpServer;
import io.tocsin.collector.telemetry.Tracing;
import io.tocsin.collector.telemetry.TracingSettings;
import io.tocsin.collector.trace.BatchTrail;
import io.tocsin.collector.trace.EngineTrails;
import io.tocsin.collector.trace.Traces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What tracing costs one batch: all that the stages tell of it, from reading it to the engine. While its trace is kept, spans are sent to a server in
 * this process, which takes them; what finds no room is dropped, as it would be anywhere.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TracesBenchmark {
    private static final byte[] KEPT = HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f10a1a2a3a4a5a6a7a801");
    private static final byte[] NOT_KEPT =
            HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f10a1a2a3a4a5a6a7a800");

    /** Off, or on and the batch's trace is one that its sender keeps or does not. */
    @Param({"off", "not kept", "kept"})
    public String tracing = "off";

    private final HttpServer receiver;
    private Tracing running;
    private Traces traces;
    private EngineTrails engine;
    private byte[] context = NOT_KEPT;
    private long offset;

    /** Starts the receiver. */
    public TracesBenchmark() {
        try {
            receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("the receiver cannot listen on 127.0.0.1", e);
        }
        receiver.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        running = Tracing.start(TracingSettings.OFF, "benchmark");
        traces = running.traces();
        engine = traces.engine(0);
    }

    /** As the parameter says. */
    @Setup
    public void start() {
        receiver.start();
        URI endpoint = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort());
        running = Tracing.start(new TracingSettings(!tracing.equals("off"), endpoint, "benchmark", 1), "benchmark");
        traces = running.traces();
        engine = traces.engine(0);
        context = tracing.equals("kept") ? KEPT : NOT_KEPT;
    }

    /** A batch's way. */
    @Benchmark
    public void batch() {
        BatchTrail trail = traces.streamed("planner", ++offset, 10_000, 1_024, context);
        trail.handedOver(0);
        trail.appended(0, offset);
        trail.accepted(false);
        engine.applying(offset).applied();
    }

    /** Ends it. */
    @TearDown
    public void stop() {
        running.close();
        receiver.stop(0);
    }

    /** Spans that the receiver took. */
    long exported() {
        return running.status().exported();
    }
}
