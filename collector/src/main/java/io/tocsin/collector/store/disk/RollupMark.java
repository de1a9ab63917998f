/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

/**
 * How far rollups are, written with the last batch of each minute. Both follow from the journal alone, so that what is derived again is known by them. Immutable.
 *
 * @param minutesMillis minutes before are whole
 * @param hoursMillis hours before are whole
 * @param nextSeries the first number that no series or group ever had
 * @param nextGrouping the first number that no grouping ever had
 */
record RollupMark(long minutesMillis, long hoursMillis, int nextSeries, int nextGrouping) {
    static final RollupMark NONE = new RollupMark(Long.MIN_VALUE, Long.MIN_VALUE, 1, 1);
    static final byte[] KEY = Bytes.ascii("rollups");

    byte[] bytes() {
        return Bytes.of(out -> {
            out.writeLong(minutesMillis);
            out.writeLong(hoursMillis);
            out.writeInt(nextSeries);
            out.writeInt(nextGrouping);
        });
    }

    static RollupMark read(byte[] bytes) {
        return Bytes.read(bytes, in -> new RollupMark(in.readLong(), in.readLong(), in.readInt(), in.readInt()));
    }
}
