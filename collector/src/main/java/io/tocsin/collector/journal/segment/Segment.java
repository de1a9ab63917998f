/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A file of a log: where it begins and ends, and about where its entries are. Written by one thread; read by another what was there before it was told.
 */
final class Segment {
    private static final String SUFFIX = ".segment";
    private static final int DIGITS = 19;
    /** Between two places that are remembered. */
    private static final long INDEXED_EVERY_BYTES = 1 << 20;

    private final String name;
    private final long firstOffset;
    private final long epoch;
    /** Pairs of offset and position, ascending; replaced as a whole. */
    private volatile long[] index = {};

    private volatile long endPosition = SegmentHeader.BYTES;
    private volatile long lastOffset;
    /** 0 while nobody asked. */
    private volatile long firstTickMillis;

    Segment(long firstOffset, long epoch) {
        this.name = name(firstOffset);
        this.firstOffset = firstOffset;
        this.epoch = epoch;
        this.lastOffset = firstOffset - 1;
    }

    /** One that nobody has looked into. */
    static Segment unchecked(long firstOffset, long epoch, long lastOffset, long sizeBytes) {
        Segment segment = new Segment(firstOffset, epoch);
        segment.lastOffset = lastOffset;
        segment.endPosition = sizeBytes;
        return segment;
    }

    static String name(long firstOffset) {
        return String.format(Locale.ROOT, "%0" + DIGITS + "d" + SUFFIX, firstOffset);
    }

    /** Offset of the first entry, by the file's name; empty if it is no segment. */
    static Optional<Long> firstOffset(String name) {
        if (name.length() != DIGITS + SUFFIX.length() || !name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        try {
            long first = Long.parseLong(name.substring(0, DIGITS));
            return first > 0 ? Optional.of(first) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A frame is there, from {@code position} to {@code newEndPosition}. */
    void added(long offset, long position, long newEndPosition) {
        long[] known = index;
        if (known.length == 0 || position - known[known.length - 1] >= INDEXED_EVERY_BYTES) {
            long[] grown = Arrays.copyOf(known, known.length + 2);
            grown[known.length] = offset;
            grown[known.length + 1] = position;
            index = grown;
        }
        lastOffset = offset;
        endPosition = newEndPosition;
    }

    /** What follows does not count. */
    void cut(long newLastOffset, long newEndPosition) {
        lastOffset = newLastOffset;
        endPosition = newEndPosition;
        long[] known = index;
        int kept = known.length;
        while (kept > 0 && known[kept - 1] >= newEndPosition) {
            kept -= 2;
        }
        index = Arrays.copyOf(known, kept);
    }

    /** Where to begin to look for an entry: at its frame, or at most {@value #INDEXED_EVERY_BYTES} bytes before it. */
    long positionBefore(long offset) {
        long[] known = index;
        long position = SegmentHeader.BYTES;
        for (int i = 0; i < known.length && known[i] <= offset; i += 2) {
            position = known[i + 1];
        }
        return position;
    }

    String name() {
        return name;
    }

    long firstOffset() {
        return firstOffset;
    }

    /** {@link #firstOffset} - 1 if it has no entry. */
    long lastOffset() {
        return lastOffset;
    }

    boolean isEmpty() {
        return lastOffset < firstOffset;
    }

    /** Engine time at the end of its first group; 0 while it was not read. */
    long firstTickMillis() {
        return firstTickMillis;
    }

    void firstTickMillis(long read) {
        firstTickMillis = read;
    }

    long epoch() {
        return epoch;
    }

    /** Behind the last frame. */
    long endPosition() {
        return endPosition;
    }
}
