/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Remembers how far the log has been forced, so that damage can be told from a torn tail, and what was removed on purpose. Written after each
 * force, itself forced rarely: it may be behind, never ahead. Two places are written in turn, so one of them is always whole.
 *
 * <p>Confined to the writer's thread.
 */
final class DurableMark implements Closeable {
    static final String NAME = "durable-mark";

    private static final int[] PLACES = {0, 512};
    private static final int CHECKED_BYTES = 24;
    private static final int PLACE_BYTES = CHECKED_BYTES + Integer.BYTES;

    private final SegmentFile file;
    private final ByteBuffer buffer = ByteBuffer.allocate(PLACE_BYTES);
    private long turn;
    private long forcedOffset;
    private long firstOffset;
    private boolean found;

    private DurableMark(SegmentFile file) {
        this.file = file;
    }

    static DurableMark open(SegmentFolder folder) throws IOException {
        if (!folder.names().contains(NAME)) {
            DurableMark first = new DurableMark(folder.create(NAME));
            first.write(0, 1);
            first.force();
            folder.force();
            return first;
        }
        DurableMark mark = new DurableMark(folder.open(NAME));
        for (int place : PLACES) {
            mark.read(place);
        }
        return mark;
    }

    /** What a mark says. */
    record Seen(long forcedOffset, long firstOffset) {}

    /** Reads it and writes nothing. */
    static Seen look(SegmentFolder folder) throws IOException {
        if (!folder.names().contains(NAME)) {
            return new Seen(0, 1);
        }
        try (DurableMark mark = open(folder)) {
            return new Seen(mark.forcedOffset(), mark.firstOffset());
        }
    }

    private void read(int place) throws IOException {
        buffer.clear();
        if (file.read(buffer, place) == PLACE_BYTES
                && buffer.getInt(CHECKED_BYTES) == crc()
                && buffer.getLong(0) > turn) {
            turn = buffer.getLong(0);
            forcedOffset = buffer.getLong(8);
            firstOffset = buffer.getLong(16);
            found = true;
        }
    }

    /** False: there was no mark, or none that can be read. */
    boolean isFound() {
        return found;
    }

    /** At least all up to this entry was forced. */
    long forcedOffset() {
        return forcedOffset;
    }

    /** What is before this entry was removed on purpose. */
    long firstOffset() {
        return Math.max(1, firstOffset);
    }

    void write(long newForcedOffset, long newFirstOffset) throws IOException {
        turn++;
        forcedOffset = newForcedOffset;
        firstOffset = newFirstOffset;
        buffer.clear().putLong(turn).putLong(forcedOffset).putLong(firstOffset).putInt(crc());
        file.write(buffer.flip(), PLACES[(int) (turn % PLACES.length)]);
    }

    void force() throws IOException {
        file.force();
    }

    private int crc() {
        CRC32C crc = new CRC32C();
        crc.update(buffer.array(), 0, CHECKED_BYTES);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
