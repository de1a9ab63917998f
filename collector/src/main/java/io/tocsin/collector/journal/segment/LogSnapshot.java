/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import io.tocsin.collector.journal.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its first entry to its end without writing anything, while another process may write it. What is damaged is told and read around, and the log
 * ends before its torn tail, as for a collector that starts; one pass, one entry in memory. Confined to one thread.
 */
public final class LogSnapshot implements Closeable {
    private static final Entry DAMAGED = new Entry.Damaged();

    private final SegmentFolder folder;
    private final List<Damage> damages = new ArrayList<>();
    private final long allBytes;
    private long firstOffset;
    private long proven;
    private long expected;
    /** Entries before this, from {@link #expected} on, are lost. */
    private long afterHole;

    /** The reader stands at a frame that was not handed out yet. */
    private boolean found;

    private long bytesBefore;
    private String name = "";
    private @Nullable SegmentFile file;
    private @Nullable FrameReader frames;

    private LogSnapshot(SegmentFolder folder) throws IOException {
        this.folder = folder;
        readMark();
        this.expected = firstOffset;
        this.afterHole = firstOffset;
        long bytes = 0;
        for (String one : folder.names()) {
            if (Segment.firstOffset(one).isPresent()) {
                try (SegmentFile segment = folder.open(one)) {
                    bytes += segment.sizeBytes();
                }
            }
        }
        this.allBytes = bytes;
    }

    /** Opens the log of a folder, which must be there. */
    public static LogSnapshot open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no journal in " + folder);
        }
        return open(DiskFolder.readOnly(folder));
    }

    static LogSnapshot open(SegmentFolder folder) throws IOException {
        return new LogSnapshot(folder);
    }

    private void readMark() throws IOException {
        DurableMark.Seen mark = DurableMark.look(folder);
        firstOffset = mark.firstOffset();
        proven = Math.max(proven, mark.forcedOffset());
    }

    /** Offset of the oldest entry that was kept when this was opened. */
    public long firstOffset() {
        return firstOffset;
    }

    /** Damage found so far. */
    public List<Damage> damages() {
        return List.copyOf(damages);
    }

    /** Offset of the entry handed out last. */
    public long offset() {
        return expected - 1;
    }

    /** Share of the bytes that were there when this was opened, 0 to 1. */
    public double share() {
        FrameReader reader = frames;
        long read = bytesBefore + (reader == null ? 0 : reader.nextPosition());
        return allBytes == 0 ? 1 : Math.min(1, (double) read / allBytes);
    }

    /**
     * The next entry; for one that is lost, {@link Entry.Damaged}; null at the end.
     *
     * @throws IOException if it cannot be read, or was removed in the meantime
     */
    public @Nullable Entry next() throws IOException {
        if (expected < afterHole) {
            expected++;
            return DAMAGED;
        }
        FrameReader reader = frames;
        while (!found) {
            if (reader == null || !findFrame(reader)) {
                reader = openNextSegment();
                if (reader == null) {
                    return endsEarly() ? next() : null;
                }
                if (expected < afterHole) {
                    return next();
                }
            }
        }
        if (reader == null || (reader.offset() > expected && !isDamage(reader))) {
            return null;
        }
        if (reader.offset() > expected) {
            hole(
                    reader.offset(),
                    "something before byte " + reader.position() + " of " + folder.show(name) + " cannot be read");
            return next();
        }
        found = false;
        expected++;
        return reader.entry();
    }

    /** In a file that may have grown. */
    private boolean findFrame(FrameReader reader) throws IOException {
        found = reader.next(expected);
        SegmentFile open = file;
        if (!found && open != null) {
            reader.extend(open.sizeBytes());
            found = reader.next(expected);
        }
        return found;
    }

    /** Null if there is none. */
    private @Nullable FrameReader openNextSegment() throws IOException {
        String next = null;
        long nextFirst = 0;
        for (String one : folder.names()) {
            long first = Segment.firstOffset(one).orElse(0L);
            boolean holds = first > 0 && first <= expected && one.compareTo(name) > 0;
            boolean follows = first > expected && next == null;
            if (holds || follows) {
                next = one;
                nextFirst = first;
            }
        }
        if (next == null) {
            return null;
        }
        if (nextFirst > expected) {
            requireNotRemoved();
            hole(nextFirst, "they should stand before " + folder.show(next));
        }
        SegmentFile before = file;
        if (before != null) {
            bytesBefore += before.sizeBytes();
            before.close();
        }
        proven = Math.max(proven, nextFirst - 1);
        SegmentFile opened = folder.open(next);
        file = opened;
        name = next;
        FrameReader reader = new FrameReader(
                opened,
                SegmentHeader.read(opened, folder.show(next))
                        .map(SegmentHeader::epoch)
                        .orElse(FrameReader.ANY_EPOCH),
                SegmentHeader.BYTES,
                opened.sizeBytes());
        frames = reader;
        return reader;
    }

    private void requireNotRemoved() throws IOException {
        readMark();
        if (firstOffset > expected) {
            throw new IOException("entries " + expected + " to " + (firstOffset - 1)
                    + " of the journal were removed while they were read; retention was faster, begin again");
        }
    }

    /** Whether what is missing before the reader's frame had been forced; else the log ends before it. */
    private boolean isDamage(FrameReader reader) throws IOException {
        if (reader.isForcedBefore()) {
            proven = Math.max(proven, reader.offset() - 1);
        }
        if (proven >= expected) {
            return true;
        }
        for (String one : folder.names()) {
            if (Segment.firstOffset(one).isPresent() && one.compareTo(name) > 0) {
                return true;
            }
        }
        SegmentFile open = file;
        if (open != null) {
            FrameReader ahead = new FrameReader(open, reader.epoch(), reader.nextPosition(), open.sizeBytes());
            for (long least = reader.offset() + 1; ahead.next(least); least = ahead.offset() + 1) {
                if (ahead.isForcedBefore()) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean endsEarly() {
        boolean early = proven >= expected;
        if (early) {
            hole(proven + 1, "they were forced, but the log ends before them");
        }
        return early;
    }

    private void hole(long nextOffset, String where) {
        if (nextOffset > expected) {
            damages.add(new Damage(expected, nextOffset - 1, where));
            afterHole = nextOffset;
        }
    }

    @Override
    public void close() throws IOException {
        SegmentFile open = file;
        file = null;
        frames = null;
        if (open != null) {
            open.close();
        }
    }
}
