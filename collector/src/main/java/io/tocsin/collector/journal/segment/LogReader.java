/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import io.tocsin.collector.journal.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads forced entries from disk, in order, from anywhere. Confined to one thread. */
final class LogReader implements Closeable {
    private static final Entry DAMAGED = new Entry.Damaged();

    private final SegmentFolder folder;
    private final Supplier<List<Segment>> segments;
    private final List<Damage> damages;
    private long nextOffset;
    private @Nullable Segment segment;
    private @Nullable SegmentFile file;
    private @Nullable FrameReader frames;
    /** The reader stands at a frame that was not handed out yet. */
    private boolean found;

    /** @param segments as they are at the moment */
    LogReader(SegmentFolder folder, Supplier<List<Segment>> segments, List<Damage> damages) {
        this.folder = folder;
        this.segments = segments;
        this.damages = damages;
    }

    /**
     * Adds entries from {@code offset} on, none after {@code through}; for what is damaged, {@link Entry.Damaged}.
     *
     * @return how many, at most {@code max}
     * @throws IOException if one cannot be read that could when the log was opened
     */
    int read(long offset, long through, int max, List<Entry> into) throws IOException {
        if (offset != nextOffset) {
            close();
            nextOffset = offset;
        }
        int read = 0;
        for (; read < max && nextOffset <= through; read++, nextOffset++) {
            into.add(isDamaged(nextOffset) ? DAMAGED : readNext());
        }
        return read;
    }

    private boolean isDamaged(long offset) {
        for (Damage damage : damages) {
            if (damage.covers(offset)) {
                return true;
            }
        }
        return false;
    }

    private Entry readNext() throws IOException {
        FrameReader reader = frames;
        while (!found) {
            Segment current = segment;
            if (reader != null && current != null) {
                reader.extend(current.endPosition());
                found = reader.next(nextOffset);
            }
            if (!found) {
                reader = openNextSegment();
            }
        }
        if (reader == null || reader.offset() != nextOffset) {
            throw unreadable();
        }
        found = false;
        return reader.entry();
    }

    private FrameReader openNextSegment() throws IOException {
        Segment holder = null;
        for (Segment one : segments.get()) {
            if (one.firstOffset() <= nextOffset && nextOffset <= one.lastOffset()) {
                holder = one;
            }
        }
        if (holder == null || holder.equals(segment)) {
            throw unreadable();
        }
        long offset = nextOffset;
        close();
        nextOffset = offset;
        SegmentFile opened = folder.open(holder.name());
        file = opened;
        segment = holder;
        FrameReader reader =
                new FrameReader(opened, holder.epoch(), holder.positionBefore(offset), holder.endPosition());
        frames = reader;
        return reader;
    }

    private IOException unreadable() {
        Segment current = segment;
        return new IOException("entry " + nextOffset + " of the journal cannot be read back"
                + (current == null ? "" : " from " + folder.show(current.name())));
    }

    @Override
    public void close() throws IOException {
        SegmentFile open = file;
        file = null;
        segment = null;
        frames = null;
        found = false;
        nextOffset = 0;
        if (open != null) {
            open.close();
        }
    }
}
