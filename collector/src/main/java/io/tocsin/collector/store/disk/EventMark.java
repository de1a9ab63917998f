/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import java.util.ArrayList;
import java.util.List;

/**
 * How far the event log is, written with each batch. Immutable.
 *
 * @param offset of the journal's entry to which all events up to {@code last} belong, or an earlier one
 * @param whole all events of that entry are stored; else there may be more of it
 * @param first number of the oldest event that is kept
 * @param last number of the newest event that there ever was
 * @param shifts by how much numbers differ from the engine's, oldest first; empty as long as they are the same
 */
record EventMark(long offset, boolean whole, long first, long last, List<Shift> shifts) {
    static final EventMark NONE = new EventMark(0, true, 1, 0, List.of());
    static final byte[] KEY = Bytes.ascii("events");

    /** From that entry on numbers are greater by so much than the engine's. */
    record Shift(long fromOffset, long by) {}

    EventMark {
        shifts = List.copyOf(shifts);
    }

    long shift(long entryOffset) {
        long by = 0;
        for (Shift shift : shifts) {
            if (entryOffset >= shift.fromOffset()) {
                by = shift.by();
            }
        }
        return by;
    }

    EventMark shifted(long fromOffset, long by) {
        List<Shift> more = new ArrayList<>(shifts);
        more.removeIf(shift -> shift.fromOffset() >= fromOffset);
        more.add(new Shift(fromOffset, by));
        return new EventMark(offset, whole, first, last, more);
    }

    EventMark stored(long number, long entryOffset) {
        return new EventMark(entryOffset, false, first, number, shifts);
    }

    EventMark through(long entryOffset) {
        return entryOffset < offset ? this : new EventMark(entryOffset, true, first, last, shifts);
    }

    EventMark from(long firstKept) {
        return new EventMark(offset, whole, firstKept, last, shifts);
    }

    byte[] bytes() {
        return Bytes.of(out -> {
            out.writeLong(offset);
            out.writeBoolean(whole);
            out.writeLong(first);
            out.writeLong(last);
            out.writeInt(shifts.size());
            for (Shift shift : shifts) {
                out.writeLong(shift.fromOffset());
                out.writeLong(shift.by());
            }
        });
    }

    static EventMark read(byte[] bytes) {
        return Bytes.read(bytes, in -> {
            long offset = in.readLong();
            boolean whole = in.readBoolean();
            long first = in.readLong();
            long last = in.readLong();
            List<Shift> shifts = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                shifts.add(new Shift(in.readLong(), in.readLong()));
            }
            return new EventMark(offset, whole, first, last, shifts);
        });
    }
}
