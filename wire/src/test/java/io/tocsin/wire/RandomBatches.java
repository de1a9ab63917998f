/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.tocsin.v1.Batch;
import io.tocsin.v1.MeasurementColumns;
import io.tocsin.v1.OutcomeColumns;
import io.tocsin.v1.StartColumns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Seeded batches, and seeded ways to write one that protobuf allows beside the usual one. */
final class RandomBatches {
    private final Random random;

    RandomBatches(long seed) {
        random = new Random(seed);
    }

    /** Columns as a sender would fill them, up to {@code maxRows} rows of each kind. */
    BatchColumns columns(int maxRows) {
        BatchColumns columns = new BatchColumns();
        columns.sequence(random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(1_000));
        long time = random.nextInt(5) == 0 ? random.nextLong() : 1_700_000_000_000L;
        boolean errors = random.nextBoolean();
        boolean tasks = random.nextInt(3) == 0;
        boolean traces = random.nextInt(3) == 0;
        for (int rows = size(maxRows); rows > 0; rows--) {
            time += delta();
            columns.addOutcome(
                    series(),
                    time,
                    value(),
                    random.nextInt(4) == 0,
                    errors && random.nextInt(3) == 0 ? 1 + random.nextInt(70_000) : 0,
                    tasks && random.nextInt(3) == 0 ? random.nextLong() : 0,
                    traces && random.nextInt(3) == 0 ? random.nextLong() : 0,
                    traces && random.nextInt(3) == 0 ? random.nextLong() : 0);
        }
        for (int rows = random.nextInt(3) == 0 ? size(maxRows) : 0; rows > 0; rows--) {
            time += delta();
            columns.addStart(
                    series(),
                    time,
                    random.nextLong(),
                    random.nextBoolean() ? 0 : random.nextLong() >>> random.nextInt(1, 64));
        }
        for (int rows = random.nextInt(3) == 0 ? size(maxRows) : 0; rows > 0; rows--) {
            time += delta();
            columns.addMeasurement(series(), time, value());
        }
        if (random.nextInt(4) == 0) {
            byte[] context = new byte[BatchColumns.TRACE_CONTEXT_BYTES];
            random.nextBytes(context);
            columns.traceContext(context);
        }
        return columns;
    }

    private int size(int maxRows) {
        return random.nextInt(random.nextInt(maxRows) + 1);
    }

    private long delta() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1, 2 -> random.nextInt(200_000) - 100_000;
            default -> random.nextInt(60) - 10;
        };
    }

    private int series() {
        return random.nextInt(8) == 0 ? random.nextInt(Integer.MAX_VALUE) : random.nextInt(20_000);
    }

    private double value() {
        return switch (random.nextInt(10)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> Double.NaN;
            case 2 -> -random.nextDouble();
            default -> random.nextDouble();
        };
    }

    /** The same batch in another form: fields in any order, unpacked, in parts, with unknown fields between. */
    byte[] writtenOddly(Batch batch) {
        List<byte[]> parts = new ArrayList<>();
        if (random.nextBoolean()) {
            parts.add(field(out -> out.writeUInt64(1, random.nextLong()))); // the last one counts
        }
        parts.add(field(out -> out.writeUInt64(1, batch.getSequence())));
        parts.add(field(out -> out.writeInt64(2, batch.getBaseTimeMillis())));
        if (random.nextBoolean()) {
            parts.add(field(out -> out.writeBytes(6, ByteString.copyFromUtf8("replaced by the next"))));
        }
        parts.add(field(out -> out.writeBytes(6, batch.getTraceContext())));
        List<byte[]> rest = new ArrayList<>();
        splitInTwo(outcomeParts(batch.getOutcomes())).forEach(bytes -> rest.add(message(3, bytes)));
        splitInTwo(startParts(batch.getStarts())).forEach(bytes -> rest.add(message(4, bytes)));
        splitInTwo(measurementParts(batch.getMeasurements())).forEach(bytes -> rest.add(message(5, bytes)));
        // parts of one message keep their order, as the order of rows is that of the parts
        List<byte[]> all = interleave(parts, rest);
        return join(withUnknownFields(all));
    }

    private List<byte[]> outcomeParts(OutcomeColumns o) {
        List<List<byte[]>> columns = new ArrayList<>();
        columns.add(ints(1, o.getSeriesList()));
        columns.add(deltas(2, o.getTimeDeltaMillisList()));
        columns.add(doubles(3, o.getLatencySecondsList()));
        columns.add(List.of(field(out -> out.writeBytes(4, o.getFailed()))));
        columns.add(ints(5, o.getErrorRowList()));
        columns.add(ints(6, o.getErrorTypeList()));
        columns.add(ints(7, o.getTraceRowList()));
        columns.add(List.of(
                field(out -> out.writeBytes(8, ByteString.copyFromUtf8("replaced by the next"))),
                field(out -> out.writeBytes(8, o.getTraceId()))));
        columns.add(ints(9, o.getTaskRowList()));
        columns.add(longs(10, o.getTaskIdList()));
        return shuffled(columns);
    }

    private List<byte[]> startParts(StartColumns s) {
        return shuffled(List.of(
                ints(1, s.getSeriesList()),
                deltas(2, s.getTimeDeltaMillisList()),
                longs(3, s.getTaskIdList()),
                varints(4, s.getDeadlineMillisList())));
    }

    private List<byte[]> measurementParts(MeasurementColumns m) {
        return shuffled(List.of(
                ints(1, m.getSeriesList()), deltas(2, m.getTimeDeltaMillisList()), doubles(3, m.getValueList())));
    }

    private List<byte[]> shuffled(List<List<byte[]>> columns) {
        List<byte[]> all = new ArrayList<>();
        List<List<byte[]>> order = new ArrayList<>(columns);
        Collections.shuffle(order, random);
        for (List<byte[]> column : order) {
            all = interleave(all, column);
        }
        return withUnknownFields(all);
    }

    private List<byte[]> interleave(List<byte[]> one, List<byte[]> other) {
        List<byte[]> all = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < one.size() || j < other.size()) {
            boolean first = j == other.size() || (i < one.size() && random.nextBoolean());
            all.add(first ? one.get(i++) : other.get(j++));
        }
        return all;
    }

    private List<byte[]> splitInTwo(List<byte[]> parts) {
        int at = random.nextInt(parts.size() + 1);
        return List.of(join(parts.subList(0, at)), join(parts.subList(at, parts.size())));
    }

    private List<byte[]> withUnknownFields(List<byte[]> parts) {
        List<byte[]> all = new ArrayList<>();
        for (byte[] part : parts) {
            all.add(part);
            int number = 11 + random.nextInt(1_000);
            switch (random.nextInt(12)) {
                case 0 -> all.add(field(out -> out.writeUInt64(number, random.nextLong())));
                case 1 -> all.add(field(out -> out.writeFixed32(number, random.nextInt())));
                case 2 -> all.add(field(out -> out.writeFixed64(number, random.nextLong())));
                case 3 -> all.add(field(out -> out.writeString(number, "unknown")));
                case 4 ->
                    all.add(field(out -> {
                        out.writeTag(number, 3);
                        out.writeUInt32(1, 7);
                        out.writeTag(2, 3);
                        out.writeTag(2, 4);
                        out.writeTag(number, 4);
                    }));
                default -> {}
            }
        }
        return all;
    }

    private List<byte[]> ints(int number, List<Integer> values) {
        return column(number, values, 0, CodedOutputStream::writeUInt32NoTag);
    }

    private List<byte[]> deltas(int number, List<Long> values) {
        return column(number, values, 0, CodedOutputStream::writeSInt64NoTag);
    }

    private List<byte[]> varints(int number, List<Long> values) {
        return column(number, values, 0, CodedOutputStream::writeUInt64NoTag);
    }

    private List<byte[]> longs(int number, List<Long> values) {
        return column(number, values, 1, CodedOutputStream::writeFixed64NoTag);
    }

    private List<byte[]> doubles(int number, List<Double> values) {
        return column(number, values, 1, CodedOutputStream::writeDoubleNoTag);
    }

    private <T> List<byte[]> column(int number, List<T> values, int wireType, Entry<T> entry) {
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < values.size(); ) {
            int from = i;
            int to = random.nextBoolean() ? values.size() : from + 1 + random.nextInt(values.size() - from);
            i = to;
            if (random.nextInt(3) == 0) {
                for (T value : values.subList(from, to)) {
                    pieces.add(field(out -> {
                        out.writeTag(number, wireType);
                        entry.write(out, value);
                    }));
                }
            } else {
                byte[] packed = field(out -> {
                    for (T value : values.subList(from, to)) {
                        entry.write(out, value);
                    }
                });
                pieces.add(message(number, packed));
            }
        }
        return pieces;
    }

    private static byte[] message(int number, byte[] content) {
        return field(out -> out.writeByteArray(number, content));
    }

    private static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] field(Writing writing) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            writing.to(out);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private interface Entry<T> {
        void write(CodedOutputStream out, T value) throws IOException;
    }
}
