/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Reads a log once, when it is opened, all of it or its end, and tells damage from a torn tail.
 *
 * <p>An entry had been forced if the mark says so, if a later group was written (its first frame says that all before it was forced), or if a later segment
 * was begun. What is missing among those is damage: reported, and read around. What is missing beyond them was never acknowledged: the log
 * ends before it, and what else had reached the disk is cut.
 */
final class LogScan {
    /** Entries that are missing, or none: a header. */
    private record Hole(long firstOffset, long lastOffset, int segment, long position, String where) {}

    private final SegmentFolder folder;
    private final LongConsumer scannedBytes;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Hole> holes = new ArrayList<>();
    private long expected;
    private long proven;

    /**
     * What there is.
     *
     * @param segments in order
     * @param lastOffset the next entry comes after this
     */
    record Found(List<Segment> segments, long lastOffset, List<Damage> damages) {}

    private LogScan(SegmentFolder folder, DurableMark mark, LongConsumer scannedBytes) {
        this.folder = folder;
        this.scannedBytes = scannedBytes;
        this.expected = mark.firstOffset();
        this.proven = mark.forcedOffset();
    }

    /**
     * @param checkedAfter files that end at this entry or before it are not read
     * @param scannedBytes is told how many bytes were read since it was last told
     */
    static Found scan(SegmentFolder folder, DurableMark mark, long checkedAfter, LongConsumer scannedBytes)
            throws IOException {
        return new LogScan(folder, mark, scannedBytes).scan(mark.isFound(), checkedAfter);
    }

    private Found scan(boolean marked, long checkedAfter) throws IOException {
        List<String> names = folder.names().stream()
                .filter(name -> Segment.firstOffset(name).isPresent())
                .toList();
        for (int i = 0; i < names.size(); i++) {
            long firstOffset = Segment.firstOffset(names.get(i)).orElseThrow();
            long nextOffset =
                    i + 1 < names.size() ? Segment.firstOffset(names.get(i + 1)).orElseThrow() : Long.MAX_VALUE;
            if (nextOffset <= checkedAfter + 1) {
                pass(names.get(i), firstOffset, nextOffset - 1);
            } else {
                scan(names.get(i), firstOffset);
            }
        }
        cutTornTail();
        if (!marked && segments.stream().anyMatch(s -> !s.isEmpty())) {
            hole(expected, expected - 1, 0, folder.show(DurableMark.NAME) + " is missing or cannot be read");
        }
        long lastOffset = expected - 1;
        if (proven > lastOffset) {
            hole(expected, proven, 0, "they were forced, but the log ends before them");
            lastOffset = proven;
        }
        return new Found(
                segments,
                lastOffset,
                holes.stream()
                        .map(hole -> new Damage(hole.firstOffset(), hole.lastOffset(), hole.where()))
                        .toList());
    }

    private void pass(String name, long firstOffset, long lastOffset) throws IOException {
        try (SegmentFile file = folder.open(name)) {
            long epoch = SegmentHeader.read(file, folder.show(name))
                    .map(SegmentHeader::epoch)
                    .orElse(FrameReader.ANY_EPOCH);
            segments.add(Segment.unchecked(firstOffset, epoch, lastOffset, file.sizeBytes()));
        }
        expected = lastOffset + 1;
        proven = Math.max(proven, lastOffset);
    }

    private void scan(String name, long firstOffset) throws IOException {
        proven = Math.max(proven, firstOffset - 1);
        if (firstOffset > expected) {
            hole(expected, firstOffset - 1, 0, "they should stand before " + folder.show(name));
            expected = firstOffset;
        }
        try (SegmentFile file = folder.open(name)) {
            long sizeBytes = file.sizeBytes();
            Optional<SegmentHeader> header = SegmentHeader.read(file, folder.show(name));
            FrameReader reader = new FrameReader(
                    file,
                    header.map(SegmentHeader::epoch).orElse(FrameReader.ANY_EPOCH),
                    SegmentHeader.BYTES,
                    sizeBytes);
            Segment segment = null;
            long end = SegmentHeader.BYTES;
            while (reader.next(expected)) {
                if (segment == null) {
                    segment = new Segment(firstOffset, reader.epoch());
                    segments.add(segment);
                }
                if (reader.offset() > expected) {
                    hole(expected, reader.offset() - 1, end, unreadable(name, end, reader.position()));
                }
                if (reader.isForcedBefore()) {
                    proven = Math.max(proven, reader.offset() - 1);
                }
                segment.added(reader.offset(), reader.position(), reader.nextPosition());
                expected = reader.offset() + 1;
                scannedBytes.accept(reader.nextPosition() - end);
                end = reader.nextPosition();
            }
            if (segment == null) {
                segments.add(new Segment(
                        firstOffset, header.map(SegmentHeader::epoch).orElse(FrameReader.ANY_EPOCH)));
            } else if (header.isEmpty()) {
                hole(expected, expected - 1, end, "the header of " + folder.show(name) + " cannot be read");
            }
        }
    }

    private String unreadable(String name, long fromPosition, long toPosition) {
        return "bytes " + fromPosition + " to " + toPosition + " of " + folder.show(name) + " cannot be read";
    }

    private void hole(long firstOffset, long lastOffset, long position, String where) {
        holes.add(new Hole(firstOffset, lastOffset, segments.size() - 1, position, where));
    }

    /** A hole beyond what had been forced, and all that follows it. */
    private void cutTornTail() throws IOException {
        for (int i = 0; i < holes.size(); i++) {
            Hole hole = holes.get(i);
            if (hole.lastOffset() >= hole.firstOffset() && hole.firstOffset() > proven) {
                Segment torn = segments.get(hole.segment());
                torn.cut(hole.firstOffset() - 1, hole.position());
                expected = hole.firstOffset();
                holes.subList(i, holes.size()).clear();
            }
        }
        if (!segments.isEmpty()) {
            // whatever stands behind the last entry must not come back when others stand before it
            Segment last = segments.get(segments.size() - 1);
            try (SegmentFile file = folder.open(last.name())) {
                if (file.sizeBytes() > last.endPosition()) {
                    file.truncate(last.endPosition());
                    file.force();
                }
            }
        }
    }
}
