/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

/** What is kept apart in the store, each with its own order of keys. Names are part of the format. */
enum Family {
    /** Single facts by name. RocksDB wants one of this name. */
    META("default", 1),
    /** Event by number. */
    EVENTS("events", 8),
    /** Alert as it stands, by tenant and id. */
    ALERTS("alerts", 4),
    /** Series and groups, by number. */
    SERIES("series", 4),
    /** Groupings, by number. */
    GROUPINGS("groupings", 1),
    /** Rollups by bucket of time, number of the series, start. */
    TEN_SECONDS("rollups-10s", 16),
    MINUTES("rollups-1m", 32),
    HOURS("rollups-1h", 16);

    final String familyName;
    /** Written to disk when so much is waiting. */
    final int bufferMegabytes;

    Family(String familyName, int bufferMegabytes) {
        this.familyName = familyName;
        this.bufferMegabytes = bufferMegabytes;
    }
}
