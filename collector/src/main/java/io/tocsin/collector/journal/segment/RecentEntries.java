/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import io.tocsin.collector.journal.Entry;
import java.util.ArrayDeque;
import java.util.List;

/** The entries that were forced last and are not applied yet, as far as there is room. Not thread-safe: its log's lock guards it. */
final class RecentEntries {
    private record Kept(long offset, int bytes, Entry entry) {}

    private final long maxBytes;
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private long keptBytes;

    RecentEntries(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The oldest make room. */
    void add(long offset, int bytes, Entry entry) {
        kept.add(new Kept(offset, bytes, entry));
        keptBytes += bytes;
        while (keptBytes > maxBytes) {
            removeFirst();
        }
    }

    void removeThrough(long offset) {
        while (!kept.isEmpty() && kept.getFirst().offset() <= offset) {
            removeFirst();
        }
    }

    private void removeFirst() {
        keptBytes -= kept.removeFirst().bytes();
    }

    /** Offset of the oldest that is kept; {@link Long#MAX_VALUE} if none is. */
    long firstOffset() {
        return kept.isEmpty() ? Long.MAX_VALUE : kept.getFirst().offset();
    }

    /** Adds those from {@code offset} on, at most {@code max}; returns how many. */
    int read(long offset, int max, List<Entry> into) {
        int read = 0;
        for (Kept one : kept) {
            if (read == max) {
                break;
            }
            if (one.offset() >= offset) {
                into.add(one.entry());
                read++;
            }
        }
        return read;
    }
}
