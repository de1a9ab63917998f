/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.engine.alert.Acknowledgement;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.collector.engine.alert.Evidence;
import io.tocsin.collector.partition.Position;
import io.tocsin.detectors.Severity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes events and alerts as bytes and reads them back: equal ones have equal bytes. Stateless. */
final class EventCodec {
    private EventCodec() {}

    static byte[] bytes(AlertEvent event) {
        return Bytes.of(out -> {
            out.writeLong(event.atMillis()); // first, so that age can be told without reading the rest
            out.writeLong(event.number());
            Bytes.text(out, event.id());
            out.writeInt(event.position().partition());
            out.writeLong(event.position().offset());
            Bytes.text(out, event.previous().map(AlertState::name).orElse(""));
            write(event.alert(), out);
        });
    }

    static AlertEvent event(byte[] bytes) {
        return Bytes.read(bytes, in -> {
            long atMillis = in.readLong();
            long number = in.readLong();
            String id = Bytes.text(in);
            Position position = new Position(in.readInt(), in.readLong());
            String previous = Bytes.text(in);
            return new AlertEvent(
                    number,
                    id,
                    atMillis,
                    position,
                    previous.isEmpty() ? Optional.empty() : Optional.of(AlertState.valueOf(previous)),
                    readAlert(in));
        });
    }

    static byte[] bytes(Alert alert) {
        return Bytes.of(out -> write(alert, out));
    }

    static Alert alert(byte[] bytes) {
        return Bytes.read(bytes, EventCodec::readAlert);
    }

    private static void write(Alert alert, DataOutput out) throws IOException {
        Bytes.text(out, alert.tenant());
        Bytes.text(out, alert.id());
        Bytes.text(out, alert.dedupKey());
        Bytes.text(out, alert.state().name());
        Bytes.text(out, alert.severity().name());
        Bytes.text(out, alert.rule());
        Bytes.text(out, alert.detector());
        out.writeBoolean(alert.slo());
        Bytes.text(out, alert.kind());
        Bytes.attributes(out, alert.group());
        Bytes.attributes(out, alert.labels());
        write(alert.evidence(), out);
        out.writeLong(alert.startedMillis());
        out.writeLong(alert.firedMillis());
        out.writeLong(alert.resolvedMillis());
        out.writeLong(alert.changedMillis());
        out.writeLong(alert.lastEvent());
        out.writeDouble(alert.peakScore());
        Bytes.text(out, alert.resolution());
        Bytes.text(out, alert.description());
        out.writeBoolean(alert.acknowledgement().isPresent());
        if (alert.acknowledgement().isPresent()) {
            Acknowledgement by = alert.acknowledgement().get();
            Bytes.text(out, by.by());
            Bytes.text(out, by.note());
            out.writeLong(by.atMillis());
        }
        out.writeLong(alert.problemSinceMillis());
        out.writeInt(alert.exampleTraceIds().size());
        for (String trace : alert.exampleTraceIds()) {
            Bytes.text(out, trace);
        }
    }

    private static Alert readAlert(DataInput in) throws IOException {
        return new Alert(
                Bytes.text(in),
                Bytes.text(in),
                Bytes.text(in),
                AlertState.valueOf(Bytes.text(in)),
                Severity.valueOf(Bytes.text(in)),
                Bytes.text(in),
                Bytes.text(in),
                in.readBoolean(),
                Bytes.text(in),
                Bytes.attributes(in),
                Bytes.attributes(in),
                readEvidence(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readDouble(),
                Bytes.text(in),
                Bytes.text(in),
                in.readBoolean()
                        ? Optional.of(new Acknowledgement(Bytes.text(in), Bytes.text(in), in.readLong()))
                        : Optional.empty(),
                in.readLong(),
                readTraces(in));
    }

    private static void write(Evidence evidence, DataOutput out) throws IOException {
        out.writeDouble(evidence.score());
        Bytes.text(out, evidence.text());
        out.writeDouble(evidence.observed());
        out.writeDouble(evidence.low());
        out.writeDouble(evidence.high());
        Bytes.text(out, evidence.unit());
        Bytes.sorted(out, evidence.numbers(), DataOutput::writeDouble);
        Bytes.sorted(out, evidence.labels(), Bytes::text);
    }

    private static Evidence readEvidence(DataInput in) throws IOException {
        return new Evidence(
                in.readDouble(),
                Bytes.text(in),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                Bytes.text(in),
                Bytes.sorted(in, DataInput::readDouble),
                Bytes.sorted(in, Bytes::text));
    }

    private static List<String> readTraces(DataInput in) throws IOException {
        List<String> traces = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            traces.add(Bytes.text(in));
        }
        return traces;
    }
}
