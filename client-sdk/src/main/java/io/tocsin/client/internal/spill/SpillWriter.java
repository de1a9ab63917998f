/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import io.tocsin.client.internal.catalog.DefinitionSource;
import io.tocsin.v1.Definitions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes the batches of this incarnation, and before each what its ids mean. Confined to the sender's thread. */
final class SpillWriter {
    private static final byte[] NOTHING = {};
    private static final int DEFINITIONS_PER_FRAME = 1_000;

    private final Incarnation own;
    private final SpillSettings settings;
    private final DefinitionSource catalog;
    private final FrameWriter definitions;
    private int definedSeries;
    private int definedErrorTypes;

    private @Nullable FrameWriter file;
    private @Nullable Segment segment;
    private long begunNanos;
    private long ordinal;
    private long rows;

    SpillWriter(Incarnation own, SpillSettings settings, DefinitionSource catalog) throws IOException {
        this.own = own;
        this.settings = settings;
        this.catalog = catalog;
        definitions = new FrameWriter(own.home.path.resolve(StoredDefinitions.FILE), settings.forced());
        definitions.write(IdentityFrame.write(own.identity), NOTHING);
    }

    /** @param handedOut whether its sender has it at hand, and needs it back after a restart only */
    void write(SpilledBatch batch, long nowMillis, long nowNanos, boolean handedOut) throws IOException {
        writeDefinitions();
        Segment into = segment;
        FrameWriter writer = file;
        if (into == null
                || writer == null
                || into.bytes >= settings.segmentBytes()
                || nowNanos - begunNanos >= settings.segmentNanos()) {
            endSegment();
            Path path = own.home.path.resolve(Segment.name(ordinal + 1, rows));
            writer = new FrameWriter(path, settings.forced());
            file = writer;
            writer.write(IdentityFrame.write(own.identity), NOTHING);
            into = new Segment(path);
            into.bytes = writer.length();
            into.readTo = writer.length();
            segment = into;
            begunNanos = nowNanos;
            own.batches.add(into);
            if (settings.forced()) {
                own.home.force();
            }
        }
        BatchFrame head = new BatchFrame(ordinal + 1, rows, batch.sequence(), batch.rows(), nowMillis);
        writer.write(head.head(), batch.bytes());
        ordinal++;
        rows += batch.rows();
        if (handedOut) {
            own.batches.appendedHandedOut(into, writer.length(), batch, nowNanos);
        } else {
            own.batches.appended(into, writer.length(), batch, nowNanos);
        }
    }

    private void writeDefinitions() throws IOException {
        int series = catalog.seriesCount();
        int errorTypes = catalog.errorTypeCount();
        while (definedSeries < series || definedErrorTypes < errorTypes) {
            int seriesTo = Math.min(series, definedSeries + DEFINITIONS_PER_FRAME);
            int errorTypesTo = Math.min(errorTypes, definedErrorTypes + DEFINITIONS_PER_FRAME);
            Definitions.Builder some = Definitions.newBuilder();
            for (int i = definedSeries; i < seriesTo; i++) {
                some.addSeries(catalog.seriesAt(i));
            }
            for (int i = definedErrorTypes; i < errorTypesTo; i++) {
                some.addErrorTypes(catalog.errorTypeAt(i));
            }
            definitions.write(new byte[] {Frame.DEFINITIONS}, some.build().toByteArray());
            definedSeries = seriesTo;
            definedErrorTypes = errorTypesTo;
        }
    }

    /** The next batch begins a file of its own: what was written so far may be dropped, or could not be written. */
    void endSegment() {
        FrameWriter open = file;
        file = null;
        segment = null;
        if (open != null) {
            close(open);
        }
    }

    boolean writesTo(@Nullable Segment other) {
        return other != null && segment == other;
    }

    long definitionBytes() {
        return definitions.length();
    }

    void close() {
        endSegment();
        close(definitions);
    }

    private static void close(FrameWriter writer) {
        try {
            writer.close();
        } catch (IOException e) {
            // each write was complete
        }
    }
}
