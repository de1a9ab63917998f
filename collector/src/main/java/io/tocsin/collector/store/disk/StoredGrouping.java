/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.series.Matcher;
import io.tocsin.collector.series.Selector;
import io.tocsin.collector.series.SeriesKey;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A grouping that has rows, from some time on. Written by the rollups' thread, read by many. */
final class StoredGrouping {
    final int number;
    final String tenant;
    final Grouping grouping;
    /** Its rows are whole from that minute on. */
    final long sinceMillis;

    final ConcurrentNavigableMap<SeriesKey, StoredSeries> groups = new ConcurrentSkipListMap<>();

    StoredGrouping(int number, String tenant, Grouping grouping, long sinceMillis) {
        this.number = number;
        this.tenant = tenant;
        this.grouping = grouping;
        this.sinceMillis = sinceMillis;
    }

    byte[] bytes() {
        return Bytes.of(out -> {
            Bytes.text(out, tenant);
            Bytes.text(out, grouping.selector().metric());
            out.writeInt(grouping.selector().matchers().size());
            for (Matcher matcher : grouping.selector().matchers()) {
                Bytes.text(out, matcher.key());
                Bytes.text(out, matcher.operator().name());
                Bytes.texts(out, matcher.values());
            }
            Bytes.texts(out, grouping.groupBy());
            out.writeLong(sinceMillis);
        });
    }

    static StoredGrouping read(int number, byte[] bytes) {
        return Bytes.read(
                bytes,
                in -> new StoredGrouping(
                        number,
                        Bytes.text(in),
                        new Grouping(new Selector(Bytes.text(in), matchers(in)), Bytes.texts(in)),
                        in.readLong()));
    }

    private static List<Matcher> matchers(DataInput in) throws IOException {
        List<Matcher> matchers = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            matchers.add(new Matcher(Bytes.text(in), Matcher.Operator.valueOf(Bytes.text(in)), Bytes.texts(in)));
        }
        return matchers;
    }
}
