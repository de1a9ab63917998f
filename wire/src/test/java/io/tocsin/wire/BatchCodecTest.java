/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.v1.Batch;
import org.junit.jupiter.api.Test;

class BatchCodecTest {
    private final BatchColumns columns = new BatchColumns();
    private final BatchEncoder encoder = new BatchEncoder();

    @Test
    void writesWhatProtobufWrites() throws Exception {
        byte[] bytes = encoder.encode(oneOfEach());

        assertThat(Batch.parseFrom(bytes).toByteArray()).isEqualTo(bytes);
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        byte[] bytes = encoder.encode(oneOfEach());
        BatchColumns read = new BatchColumns();

        new BatchDecoder().decode(bytes, 0, bytes.length, read);

        assertThat(read.sequence()).isEqualTo(7);
        assertThat(read.outcomes()).isEqualTo(2);
        assertThat(read.starts()).isEqualTo(1);
        assertThat(read.measurements()).isEqualTo(1);
        assertThat(read.series()).startsWith(0, 300, 2, 3);
        assertThat(read.timeMillis()).startsWith(1_000, 900, 2_000, 3_000);
        assertThat(read.value()).startsWith(0.25, 1.5, 0, -4);
        assertThat(read.failed(0)).isFalse();
        assertThat(read.failed(1)).isTrue();
        assertThat(read.errorType()).startsWith(0, 9, 0, 0);
        assertThat(read.taskId()).startsWith(0, -5, 6, 0);
        assertThat(read.deadlineMillis()).startsWith(0, 0, 30_000, 0);
        assertThat(read.traceHigh()).startsWith(0, 0x0102030405060708L);
        assertThat(read.traceLow()).startsWith(0, 0x090A0B0C0D0E0F10L);
    }

    private BatchColumns oneOfEach() {
        columns.clear();
        columns.sequence(7);
        columns.addOutcome(0, 1_000, 0.25, false, 0, 0, 0, 0);
        columns.addOutcome(300, 900, 1.5, true, 9, -5, 0x0102030405060708L, 0x090A0B0C0D0E0F10L);
        columns.addStart(2, 2_000, 6, 30_000);
        columns.addMeasurement(3, 3_000, -4);
        return columns;
    }
}
