/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backup;

import java.util.concurrent.atomic.LongAdder;

/** What became of backups. Thread-safe. */
public final class BackupCounters {
    final LongAdder done = new LongAdder();
    final LongAdder failed = new LongAdder();
    volatile long lastDoneMillis;
    volatile long lastTookMillis;
    volatile long lastBytes;
    volatile long lastCopiedBytes;

    /** Those that are whole. */
    public long done() {
        return done.sum();
    }

    /** Those that came to nothing, given up by their callers too. */
    public long failed() {
        return failed.sum();
    }

    /** When the newest that is whole was begun, one of before the start included; 0 while there is none. */
    public long lastDoneMillis() {
        return lastDoneMillis;
    }

    /** How long the last one took that is whole; 0 while there is none since the start, as for the next two. */
    public long lastTookMillis() {
        return lastTookMillis;
    }

    /** Of all its files. */
    public long lastBytes() {
        return lastBytes;
    }

    /** Of those that take room of their own. */
    public long lastCopiedBytes() {
        return lastCopiedBytes;
    }
}
