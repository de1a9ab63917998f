/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicroSmokeTest {
    @Test
    void theCodecReadsWhatItWrote() throws Exception {
        CodecBenchmark codec = new CodecBenchmark();
        codec.fill();

        assertThat(codec.decode().outcomes()).isEqualTo(CodecBenchmark.OUTCOMES);
        assertThat(codec.sketchAdd().count()).isEqualTo(CodecBenchmark.OUTCOMES);
        assertThat(codec.encode()).hasSizeGreaterThan(8 * CodecBenchmark.OUTCOMES);
    }

    @Test
    void theEngineCountsAllOutcomesOfABatch() {
        EngineBenchmark engine = new EngineBenchmark();
        engine.begin();
        engine.tickAndBatch();
        engine.tickAndBatch();

        assertThat(engine.applied()).isEqualTo(2L * EngineBenchmark.OUTCOMES);
        engine.end();
    }

    @Test
    void allRecordsOfABurstAreAcknowledged() {
        RecordBenchmark sdk = new RecordBenchmark();
        sdk.connect();
        sdk.record();
        sdk.recordTraced();
        sdk.drain();

        assertThat(sdk.balance().acked()).isEqualTo(2L * RecordBenchmark.RECORDS + 1);
        sdk.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "not kept", "kept"})
    void followsABatchAsTold(String tracing) {
        TracesBenchmark traces = new TracesBenchmark();
        traces.tracing = tracing;
        traces.start();
        traces.batch();
        traces.stop();

        assertThat(traces.exported()).isEqualTo(tracing.equals("kept") ? 4 : 0);
    }
}
