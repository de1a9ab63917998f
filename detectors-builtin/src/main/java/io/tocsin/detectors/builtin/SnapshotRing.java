/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.detectors.builtin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What two running totals were at the last so many multiples of a step: at instant {@code b}, all events of seconds before {@code b}. 16
 * bytes an instant. Saved as differences of neighbours in variable length, one to three bytes each where little happens.
 */
final class SnapshotRing {
    private final int step;
    private final long[] all;
    private final long[] bad;

    /** @param size instants kept; 0 keeps none */
    SnapshotRing(int step, int size) {
        this.step = step;
        this.all = new long[size];
        this.bad = new long[size];
    }

    private int slot(long index) {
        return Math.floorMod(index, all.length);
    }

    /** Time moves on; the totals hold all events of seconds up to {@code oldNow}. */
    void advance(long oldNow, long newNow, long totalAll, long totalBad) {
        if (all.length == 0) {
            return;
        }
        long last = Math.floorDiv(newNow, step);
        long first = Math.max(Math.floorDiv(oldNow, step) + 1, last - all.length + 1);
        for (long index = first; index <= last; index++) {
            all[slot(index)] = totalAll;
            bad[slot(index)] = totalBad;
        }
    }

    /** Events of an earlier second: they were there at each instant after it. */
    void addLate(long second, long now, long moreAll, long moreBad) {
        if (all.length == 0) {
            return;
        }
        long last = Math.floorDiv(now, step);
        long first = Math.max(Math.floorDiv(second, step) + 1, last - all.length + 1);
        for (long index = first; index <= last; index++) {
            all[slot(index)] += moreAll;
            bad[slot(index)] += moreBad;
        }
    }

    /** Events before the instant, or the kept one before it. */
    long allBefore(long second) {
        return all[slot(Math.floorDiv(second, step))];
    }

    long badBefore(long second) {
        return bad[slot(Math.floorDiv(second, step))];
    }

    void save(long now, long totalAll, long totalBad, DataOutput out) throws IOException {
        out.writeInt(all.length);
        long last = Math.floorDiv(now, step);
        long nextAll = totalAll;
        long nextBad = totalBad;
        for (int back = 0; back < all.length; back++) {
            int slot = slot(last - back);
            writeVariable(nextAll - all[slot], out);
            writeVariable(nextBad - bad[slot], out);
            nextAll = all[slot];
            nextBad = bad[slot];
        }
    }

    void restore(long now, long totalAll, long totalBad, DataInput in) throws IOException {
        int saved = in.readInt();
        if (saved != all.length) {
            throw new IOException(
                    "ring of " + step + " s must hold " + all.length + " instants, the saved one has " + saved);
        }
        long last = Math.floorDiv(now, step);
        long nextAll = totalAll;
        long nextBad = totalBad;
        for (int back = 0; back < saved; back++) {
            int slot = slot(last - back);
            nextAll -= readVariable(in);
            nextBad -= readVariable(in);
            all[slot] = nextAll;
            bad[slot] = nextBad;
        }
    }

    /** Seven bits a byte, least first, the eighth says that more follow. */
    private static void writeVariable(long value, DataOutput out) throws IOException {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    private static long readVariable(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte part = in.readByte();
            value |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IOException("a number of more than 64 bits");
    }
}
