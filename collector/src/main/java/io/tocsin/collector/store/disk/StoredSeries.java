/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import java.util.List;

/** A series, or a group of them, that has rows. Identity is its number. Written by the rollups' thread, read by many. */
final class StoredSeries {
    /** Instead of a grouping's number: a series of its own. */
    static final int NO_GROUPING = 0;

    final int number;
    final String tenant;
    final int grouping;
    final SeriesKey key;
    /** Start of the last hour in which it had records. */
    volatile long lastHourMillis;
    /** Groups that it is part of. Confined to the rollups' thread. */
    List<StoredSeries> groups = List.of();

    int groupsAsOf = -1;

    StoredSeries(int number, String tenant, int grouping, SeriesKey key, long lastHourMillis) {
        this.number = number;
        this.tenant = tenant;
        this.grouping = grouping;
        this.key = key;
        this.lastHourMillis = lastHourMillis;
    }

    byte[] bytes() {
        return Bytes.of(out -> {
            Bytes.text(out, tenant);
            out.writeInt(grouping);
            Bytes.text(out, key.metric());
            Bytes.text(out, key.kind().name());
            Bytes.attributes(out, key.attributes());
            out.writeLong(lastHourMillis);
        });
    }

    static StoredSeries read(int number, byte[] bytes) {
        return Bytes.read(
                bytes,
                in -> new StoredSeries(
                        number,
                        Bytes.text(in),
                        in.readInt(),
                        new SeriesKey(Bytes.text(in), SeriesKind.valueOf(Bytes.text(in)), Bytes.attributes(in)),
                        in.readLong()));
    }
}
