/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.util.ArrayDeque;

/**
 * How many bytes were forced and not yet applied. Remembers where each megabyte ended, not each entry, so it may count up to a megabyte that was applied.
 * Not thread-safe: its log's lock guards it.
 */
final class UnappliedBytes {
    private static final long GRAIN_BYTES = 1 << 20;

    private record Grain(long lastOffset, long bytes) {}

    private final ArrayDeque<Grain> grains = new ArrayDeque<>();
    private long lastOffset;
    /** Of the grain that is not full. */
    private long openBytes;

    private long fullBytes;

    void forced(long offset, int bytes) {
        lastOffset = offset;
        openBytes += bytes;
        if (openBytes >= GRAIN_BYTES) {
            grains.add(new Grain(offset, openBytes));
            fullBytes += openBytes;
            openBytes = 0;
        }
    }

    void applied(long offset) {
        while (!grains.isEmpty() && grains.getFirst().lastOffset() <= offset) {
            fullBytes -= grains.removeFirst().bytes();
        }
        if (offset >= lastOffset) {
            openBytes = 0;
        }
    }

    long bytes() {
        return fullBytes + openBytes;
    }
}
