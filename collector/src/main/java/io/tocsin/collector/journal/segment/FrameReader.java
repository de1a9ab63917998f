/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.EntryCodec;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads frames of one file, one after the other. Behind bytes that are no frame it finds the next one that is, wherever it begins, so one damaged
 * length does not hide what follows. Confined to one thread.
 */
final class FrameReader {
    /** Takes the epoch of the first sound frame: for a segment whose header is lost. */
    static final long ANY_EPOCH = 0;

    private static final int WINDOW_BYTES = 1 << 20;

    private final SegmentFile file;
    private long epoch;
    private long endPosition;
    private byte[] window = {};
    /** Position in the file of the window's first byte. */
    private long windowPosition;

    private int windowBytes;

    /** Of the frame found last. */
    private long position;

    private int at;
    private long nextPosition;

    /** @param endPosition nothing is read from there on; see {@link #extend} */
    FrameReader(SegmentFile file, long epoch, long position, long endPosition) {
        this.file = file;
        this.epoch = epoch;
        this.nextPosition = position;
        this.endPosition = endPosition;
    }

    /** More of the file is written. */
    void extend(long newEndPosition) {
        endPosition = newEndPosition;
    }

    /** Finds the next sound frame whose offset is {@code leastOffset} or more; false if there is none. */
    boolean next(long leastOffset) throws IOException {
        long candidate = nextPosition;
        while (candidate + Frame.HEADER_BYTES < endPosition) {
            load(candidate, Frame.HEADER_BYTES);
            int here = (int) (candidate - windowPosition);
            if (isPlausible(here, candidate, leastOffset) && isIntact(candidate)) {
                here = (int) (candidate - windowPosition);
                long end = candidate + Frame.bytes(Frame.entryBytes(window, here));
                epoch = Frame.epoch(window, here);
                if (Frame.offset(window, here) >= leastOffset) {
                    position = candidate;
                    at = here;
                    nextPosition = end;
                    return true;
                }
                candidate = end;
            } else {
                candidate += Frame.ALIGNMENT_BYTES;
            }
        }
        return false;
    }

    private boolean isPlausible(int here, long candidate, long leastOffset) {
        long foundEpoch = Frame.epoch(window, here);
        if (foundEpoch == ANY_EPOCH || (epoch != ANY_EPOCH && foundEpoch != epoch)) {
            return false;
        }
        long offset = Frame.offset(window, here);
        int entryBytes = Frame.entryBytes(window, here);
        return entryBytes <= Frame.MAX_ENTRY_BYTES
                && candidate + Frame.HEADER_BYTES + entryBytes <= endPosition
                && offset > 0
                // no more can have been in between than there are bytes
                && offset <= leastOffset + endPosition / Frame.HEADER_BYTES;
    }

    private boolean isIntact(long candidate) throws IOException {
        int entryBytes = Frame.entryBytes(window, (int) (candidate - windowPosition));
        load(candidate, Frame.HEADER_BYTES + entryBytes);
        return Frame.isIntact(window, (int) (candidate - windowPosition));
    }

    /** Has bytes from {@code from} on in the window. */
    private void load(long from, int count) throws IOException {
        if (from >= windowPosition && from + count <= windowPosition + windowBytes) {
            return;
        }
        int wanted = (int) Math.min(Math.max(count, WINDOW_BYTES), endPosition - from);
        if (window.length < wanted || (window.length > WINDOW_BYTES && wanted <= WINDOW_BYTES)) {
            window = new byte[wanted];
        }
        windowPosition = from;
        windowBytes = file.read(ByteBuffer.wrap(window, 0, wanted), from);
        // a file that is shorter than it should be holds no more frames
        Arrays.fill(window, windowBytes, window.length, (byte) 0);
        windowBytes = Math.max(windowBytes, wanted);
    }

    /** Offset of the frame found last. */
    long offset() {
        return Frame.offset(window, at);
    }

    /** Where it begins. */
    long position() {
        return position;
    }

    /** Where the one after it should begin. */
    long nextPosition() {
        return nextPosition;
    }

    boolean isForcedBefore() {
        return Frame.isForcedBefore(window, at);
    }

    long epoch() {
        return epoch;
    }

    /** The entry of the frame found last. */
    Entry entry() throws IOException {
        return EntryCodec.read(new DataInputStream(
                new ByteArrayInputStream(window, at + Frame.HEADER_BYTES, Frame.entryBytes(window, at))));
    }

    int frameBytes() {
        return Frame.bytes(Frame.entryBytes(window, at));
    }
}
