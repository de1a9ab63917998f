/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a former incarnation left: what was not answered, and what is missing of it. Told from a torn tail, which nothing follows, by ordinals: a batch
 * that is missing before another was written whole. For one directory.
 */
final class Recovery {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final HeldDirectory home;
    private final Consumer<String> report;
    private final long nowMillis;
    private final long nowNanos;

    private final StoredDefinitions definitions = new StoredDefinitions();
    private @Nullable Identity identity;
    private boolean newer;
    private long expectedOrdinal;
    private long expectedRows;

    private long lostRows;
    private long lostBatches;
    private long tornTails;

    /** @param report told of damage, in words */
    Recovery(HeldDirectory home, long nowMillis, long nowNanos, Consumer<String> report) {
        this.home = home;
        this.nowMillis = nowMillis;
        this.nowNanos = nowNanos;
        this.report = report;
    }

    /** Null if there is nothing that could be sent: it is removed then, or let go if a later version wrote it. */
    @Nullable
    Incarnation read() throws IOException {
        AnswerMark mark = new AnswerMark(home.path.resolve(Incarnation.MARK));
        SegmentQueue batches = new SegmentQueue(mark.through());
        List<String> names = home.names();
        readDefinitions();
        List<String> segments = names.stream().filter(Segment::isName).toList();
        List<Segment> answered = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = read(segments.get(i), mark.through(), i == segments.size() - 1);
            if (segment.isHandedOut()) {
                answered.add(segment);
            } else {
                batches.add(segment);
            }
        }
        if (newer) {
            report.accept(home.path + " was written by a later version, is left alone");
            mark.close();
            home.letGo();
            return null;
        }
        if (identity == null) {
            if (!segments.isEmpty()) {
                report.accept("no file in " + home.path + " says whose batches it has; they are lost");
            }
            mark.close();
            home.delete();
            return null;
        }
        for (Segment done : answered) {
            Files.delete(done.path);
        }
        if (lostBatches > 0 || tornTails > 0) {
            report.accept(home.path + " is damaged: " + lostBatches + " batches of " + lostRows
                    + " records or more cannot be read, " + tornTails + " files end in the middle of a batch");
        }
        return new Incarnation(identity, definitions, batches, home, mark);
    }

    private void readDefinitions() throws IOException {
        Path file = home.path.resolve(StoredDefinitions.FILE);
        if (!Files.exists(file)) {
            return;
        }
        FrameReader reader = FrameReader.whole(file);
        while (reader.next()) {
            if (reader.type() == Frame.DEFINITIONS) {
                definitions.add(reader.content());
            } else {
                readIdentity(reader);
            }
        }
        if (reader.damagedPlaces() > 0 || (reader.hasUnreadableEnd() && !reader.isTornAtEnd())) {
            report.accept(file + " is damaged: records of series whose definition is lost will be rejected");
        }
    }

    private void readIdentity(FrameReader reader) throws IOException {
        if (reader.type() == Frame.IDENTITY) {
            if (IdentityFrame.version(reader.content()) > IdentityFrame.VERSION) {
                newer = true;
            } else if (identity == null) {
                identity = IdentityFrame.read(reader.content());
            }
        }
    }

    private Segment read(String name, long answeredThrough, boolean last) throws IOException {
        Segment segment = new Segment(home.path.resolve(name));
        if (expectedOrdinal == 0) {
            expectedOrdinal = Segment.firstOrdinal(name);
            expectedRows = Segment.rowsBefore(name);
        }
        FrameReader reader = FrameReader.whole(segment.path);
        long newestMillis = nowMillis;
        while (reader.next()) {
            if (reader.type() != Frame.BATCH) {
                readIdentity(reader);
                continue;
            }
            ByteBuffer content = reader.content();
            BatchFrame frame = BatchFrame.read(content);
            countMissing(frame, answeredThrough);
            segment.lastSequence = frame.sequence();
            newestMillis = frame.sealedMillis();
            if (frame.sequence() > answeredThrough) {
                segment.waitingBatches++;
                segment.waitingRows += frame.rows();
            }
        }
        if (last && reader.isTornAtEnd()) {
            tornTails++;
        } else if (last && reader.hasUnreadableEnd()) {
            lostBatches++; // of how many records, nobody knows
        }
        segment.bytes = reader.end();
        segment.newestNanos = nowNanos - Math.max(0, nowMillis - newestMillis) * NANOS_PER_MILLI;
        return segment;
    }

    private void countMissing(BatchFrame frame, long answeredThrough) {
        if (frame.ordinal() > expectedOrdinal && frame.sequence() > answeredThrough + 1) {
            lostBatches += frame.ordinal() - expectedOrdinal;
            lostRows += frame.rowsBefore() - expectedRows;
        }
        expectedOrdinal = frame.ordinal() + 1;
        expectedRows = frame.rowsBefore() + frame.rows();
    }

    /** Records that are missing, as far as their number is known. */
    long lostRows() {
        return lostRows;
    }

    long lostBatches() {
        return lostBatches;
    }

    long tornTails() {
        return tornTails;
    }
}
