/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.EntryCodec;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The frames that will be forced together. Confined to the writer's thread. */
final class FrameGroup {
    private static final int FIRST_BYTES = 1 << 16;
    /** A group that was larger does not keep its memory. */
    private static final int KEPT_BYTES = 16 << 20;

    /** Where a frame begins, and how long its entry is. */
    private record Place(int at, int entryBytes) {}

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;
    private final List<Place> places = new ArrayList<>();
    private final DataOutputStream out = new DataOutputStream(new OutputStream() {
        @Override
        public void write(int b) {
            reserve(1);
            bytes[size++] = (byte) b;
        }

        @Override
        public void write(byte[] from, int at, int length) {
            reserve(length);
            System.arraycopy(from, at, bytes, size, length);
            size += length;
        }
    });

    /**
     * Adds an entry; its frame is no frame until it is sealed.
     *
     * @return bytes of its frame
     * @throws IOException if it cannot be written as bytes; the group is as before
     */
    int add(Entry entry) throws IOException {
        int at = size;
        try {
            reserve(Frame.HEADER_BYTES);
            Arrays.fill(bytes, at, at + Frame.HEADER_BYTES, (byte) 0);
            size += Frame.HEADER_BYTES;
            EntryCodec.write(entry, out);
            int entryBytes = size - at - Frame.HEADER_BYTES;
            if (entryBytes > Frame.MAX_ENTRY_BYTES) {
                throw new IOException(
                        "an entry must have at most " + Frame.MAX_ENTRY_BYTES + " bytes, had " + entryBytes);
            }
            int padding = Frame.bytes(entryBytes) - Frame.HEADER_BYTES - entryBytes;
            reserve(padding);
            Arrays.fill(bytes, size, size + padding, (byte) 0);
            size += padding;
            places.add(new Place(at, entryBytes));
            return size - at;
        } catch (IOException | RuntimeException e) {
            size = at;
            throw e;
        }
    }

    /** Says where the frames belong. May be done again, for another segment. */
    void seal(long firstOffset, long epoch) {
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            Frame.seal(bytes, place.at(), place.entryBytes(), i == 0, firstOffset + i, epoch);
        }
    }

    /** Tells a segment of the frames, which were written at {@code position} and forced. */
    void addTo(Segment segment, long firstOffset, long position) {
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            long begin = position + place.at();
            segment.added(firstOffset + i, begin, begin + Frame.bytes(place.entryBytes()));
        }
    }

    int count() {
        return places.size();
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    int sizeBytes() {
        return size;
    }

    ByteBuffer content() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    void clear() {
        size = 0;
        places.clear();
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(Math.addExact(size, more), (int) Math.min(bytes.length * 2L, 1 << 30)));
        }
    }
}
