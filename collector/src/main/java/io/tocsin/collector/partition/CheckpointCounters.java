/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import java.util.concurrent.atomic.LongAdder;

/** What became of a partition's checkpoints since it began. Thread-safe. */
public final class CheckpointCounters {
    final LongAdder written = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder heldNanos = new LongAdder();
    final LongAdder writeNanos = new LongAdder();
    volatile long bytes;
    volatile long engineMillis;

    /** Those that would survive. */
    public long written() {
        return written.sum();
    }

    /** Those that could not be taken or written; the ones before are as they were. */
    public long failed() {
        return failed.sum();
    }

    /** Time in which the engine was held to copy its state. */
    public long heldNanos() {
        return heldNanos.sum();
    }

    /** Time in which files were written; the engine went on meanwhile. */
    public long writeNanos() {
        return writeNanos.sum();
    }

    /** Size of the last file; 0 while there is none. */
    public long bytes() {
        return bytes;
    }

    /** Engine time of the newest checkpoint, one of before the start included; 0 while there is none. */
    public long engineMillis() {
        return engineMillis;
    }
}
