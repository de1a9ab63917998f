/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tocsin.v1.Batch;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void writesTheseVeryBytes() {
        assertThat(HexFormat.ofDelimiter(" ").formatHex(encoder.encode(oneOfEach())))
                .isEqualTo(
                        "08 07 10 e8 07" // sequence 7, base 1000
                                + " 1a 47 0a 03 00 ac 02" // outcomes: series 0, 300
                                + " 12 03 00 c7 01" // times +0, -100
                                + " 1a 10 00 00 00 00 00 00 d0 3f 00 00 00 00 00 00 f8 3f" // 0.25, 1.5
                                + " 22 01 02" // row 1 failed
                                + " 2a 01 01 32 01 09" // row 1 has error type 9
                                + " 3a 01 01 42 10 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10"
                                + " 4a 01 01 52 08 fb ff ff ff ff ff ff ff" // row 1 completes task -5
                                + " 22 16 0a 01 02 12 02 d0 0f 1a 08 06 00 00 00 00 00 00 00 22 03 b0 ea 01"
                                + " 2a 11 0a 01 03 12 02 a0 1f 1a 08 00 00 00 00 00 00 10 c0");
    }

    @Test
    void carriesTheTraceContextOfTheBatch() throws Exception {
        byte[] context = HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f10a1a2a3a4a5a6a7a801");
        columns.traceContext(context);
        byte[] bytes = encoder.encode(columns);
        BatchColumns read = new BatchColumns();

        new BatchDecoder().decode(bytes, 0, bytes.length, read);

        assertThat(read.hasTraceContext()).isTrue();
        assertThat(read.traceContext()).isEqualTo(context);
        assertThat(parsed(bytes).getTraceContext().toByteArray()).isEqualTo(context);
    }

    @Test
    void takesATraceContextOfAnotherLengthForNone() throws Exception {
        byte[] bytes = Batch.newBuilder()
                .setSequence(3)
                .setTraceContext(ByteString.copyFrom(new byte[24]))
                .build()
                .toByteArray();
        BatchColumns read = new BatchColumns();

        new BatchDecoder().decode(bytes, 0, bytes.length, read);

        assertThat(read.sequence()).isEqualTo(3);
        assertThat(read.hasTraceContext()).isFalse();
    }

    @Test
    void isEmptyForNothing() throws Exception {
        assertThat(encoder.encode(new BatchColumns())).isEmpty();
        BatchColumns read = oneOfEach();

        new BatchDecoder().decode(new byte[0], 0, 0, read);

        assertThat(read.rows()).isZero();
        assertThat(read.sequence()).isZero();
    }

    @Test
    void readsWithinTheGivenBoundsOnly() throws Exception {
        byte[] bytes = encoder.encode(oneOfEach());
        byte[] within = new byte[bytes.length + 7];
        Arrays.fill(within, (byte) 0xFF);
        System.arraycopy(bytes, 0, within, 3, bytes.length);
        BatchColumns read = new BatchColumns();

        new BatchDecoder().decode(within, 3, bytes.length, read);

        assertThat(read.rows()).isEqualTo(4);
    }

    @Test
    void keepsNothingOfTheBatchBefore() throws Exception {
        BatchColumns read = new BatchColumns();
        byte[] full = encoder.encode(oneOfEach());
        columns.clear();
        columns.addOutcome(1, 1, 1, false, 0, 0, 0, 0);
        columns.addOutcome(1, 1, 1, false, 2, 3, 4, 5);
        columns.addOutcome(1, 1, 1, false, 0, 0, 0, 0);
        byte[] sparse = encoder.encode(columns);
        BatchDecoder decoder = new BatchDecoder();
        decoder.decode(full, 0, full.length, read);

        decoder.decode(sparse, 0, sparse.length, read);

        assertThat(read.failed(1)).isFalse();
        assertThat(read.errorType()).startsWith(0, 2, 0);
        assertThat(read.taskId()).startsWith(0, 3, 0);
        assertThat(read.deadlineMillis()).startsWith(0, 0, 0);
        assertThat(read.traceHigh()).startsWith(0, 4, 0);
    }

    @Test
    void refusesMoreRowsThanItsLimit() throws Exception {
        for (int i = 0; i < 11; i++) {
            columns.addMeasurement(1, i, i);
        }
        byte[] bytes = encoder.encode(columns);
        BatchDecoder ten = new BatchDecoder(10);

        assertThatThrownBy(() -> ten.decode(bytes, 0, bytes.length, new BatchColumns()))
                .isInstanceOf(MalformedBatchException.class)
                .hasMessage("measurements.series: must have at most 10 entries, has 11 or more");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0a 00                   | sequence: wire type must be 0, was 2",
                "08 80                   | sequence: number ends after 1 bytes without its last byte",
                "1a 05 0a 01             | outcomes: length must be at most the 2 bytes left, was 5",
                "1a 02 0a 05             | outcomes.series: length must be at most the 0 bytes left, was 5",
                "1a 03 0a 01 80          | outcomes.series: last number has no last byte",
                "1a 02 19 01             | outcomes.latency_seconds: needs 8 bytes, only 1 are left",
                "1a 03 1a 01 00          | outcomes.latency_seconds: length must be a multiple of 8, was 1",
                "1a 02 0d 01             | outcomes.series: wire type must be 2 or 0, was 5",
                "1a 03 0a 01 00          | outcomes.time_delta_millis: must have as many entries as outcomes.series (1), has 0",
                "1a 03 22 01 01          | outcomes.failed: must have at most 0 bytes for 0 rows, has 1",
                "1a 06 2a 01 00 32 01 01 | outcomes.error_row: must be empty without outcomes, has 1 entries",
                "1a 03 2a 01 00          | outcomes.error_type: must have as many entries as outcomes.error_row (1), has 0",
                "1a 03 3a 01 00          | outcomes.trace_id: must have 16 bytes for each of the 1 entries of outcomes.trace_row, has 0",
                "00                      | batch: field number must be 1 or more, was 0",
                "7b                      | batch: group 15 has no end",
                "7b 84 01                | batch: group 15 ends with the end of group 16",
                "7c                      | batch: field 15 has wire type 4, allowed here are 0, 1, 2, 3 and 5",
            })
    void saysWhatIsWrong(String hex, String message) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex.strip());

        assertThatThrownBy(() -> new BatchDecoder().decode(bytes, 0, bytes.length, new BatchColumns()))
                .isInstanceOf(MalformedBatchException.class)
                .hasMessage(message);
    }

    @Test
    void refusesRowsThatAreNotAscendingOrOutOfRange() {
        columns.clear();
        columns.addOutcome(0, 0, 0, true, 1, 0, 0, 0);
        columns.addOutcome(0, 0, 0, true, 2, 0, 0, 0);
        Batch good = parsed(encoder.encode(columns));

        assertThat(refusal(withErrorRows(good, 1, 0)))
                .isEqualTo("outcomes.error_row: entry 1 must be above 1 and below 2, was 0");
        assertThat(refusal(withErrorRows(good, 0, 0)))
                .isEqualTo("outcomes.error_row: entry 1 must be above 0 and below 2, was 0");
        assertThat(refusal(withErrorRows(good, 0, -1)))
                .isEqualTo("outcomes.error_row: entry 1 must be above 0 and below 2, was 4294967295");
        assertThat(refusal(good.toBuilder()
                        .setOutcomes(good.getOutcomes().toBuilder().setFailed(ByteString.copyFrom(new byte[] {4})))
                        .build()))
                .isEqualTo("outcomes.failed: has a bit beyond its 2 rows");
    }

    @Test
    void addsRowsInTheOrderOfTheirSections() {
        columns.clear();
        columns.addMeasurement(0, 0, 0);

        assertThatThrownBy(() -> columns.addOutcome(0, 0, 0, false, 0, 0, 0, 0))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> columns.addStart(0, 0, 1, 0)).isInstanceOf(IllegalStateException.class);
        assertThat(columns.rows()).isEqualTo(1);
    }

    private static Batch withErrorRows(Batch batch, int... rows) {
        var outcomes = batch.getOutcomes().toBuilder().clearErrorRow();
        for (int row : rows) {
            outcomes.addErrorRow(row);
        }
        return batch.toBuilder().setOutcomes(outcomes).build();
    }

    private static Batch parsed(byte[] bytes) {
        try {
            return Batch.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static String refusal(Batch batch) {
        byte[] bytes = batch.toByteArray();
        try {
            new BatchDecoder().decode(bytes, 0, bytes.length, new BatchColumns());
            return "taken";
        } catch (MalformedBatchException e) {
            return e.getMessage();
        }
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
