/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.micro;

import io.tocsin.wire.BatchColumns;
import io.tocsin.wire.BatchDecoder;
import io.tocsin.wire.BatchEncoder;
import io.tocsin.wire.MalformedBatchException;
import io.tocsin.wire.Sketch;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The batch's codec and the sketch, for each of the {@value #OUTCOMES} outcomes of a batch. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    static final int OUTCOMES = 1_024;
    private static final int SERIES = 1_000;

    private final BatchEncoder encoder = new BatchEncoder();
    private final BatchDecoder decoder = new BatchDecoder();
    private final BatchColumns decoded = new BatchColumns();
    private final BatchColumns columns = new BatchColumns();
    private final double[] seconds = new double[OUTCOMES];
    private final Sketch sketch = new Sketch();
    private byte[] bytes = {};

    /** Series at random, times of a few milliseconds, latencies log-normal around 200 ms, 4 in 1,000 failed. */
    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(7);
        columns.clear();
        columns.sequence(1_000);
        for (int row = 0; row < OUTCOMES; row++) {
            boolean failed = random.nextDouble() < 0.004;
            seconds[row] = 0.2 * Math.exp(0.5 * random.nextGaussian());
            columns.addOutcome(
                    random.nextInt(SERIES),
                    1_700_000_000_000L + row * 3L / OUTCOMES,
                    seconds[row],
                    failed,
                    failed ? 1 : 0,
                    0,
                    0,
                    0);
        }
        bytes = encoder.encode(columns);
    }

    /** Columns into bytes, which are the only thing that is allocated. */
    @Benchmark
    @OperationsPerInvocation(OUTCOMES)
    public byte[] encode() {
        return encoder.encode(columns);
    }

    /** Bytes into columns. */
    @Benchmark
    @OperationsPerInvocation(OUTCOMES)
    public BatchColumns decode() throws MalformedBatchException {
        decoder.decode(bytes, 0, bytes.length, decoded);
        return decoded;
    }

    /** Latencies into one sketch. */
    @Benchmark
    @OperationsPerInvocation(OUTCOMES)
    public Sketch sketchAdd() {
        sketch.reset();
        for (double latency : seconds) {
            sketch.add(latency);
        }
        return sketch;
    }
}
