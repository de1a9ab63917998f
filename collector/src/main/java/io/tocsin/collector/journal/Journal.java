/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import java.io.IOException;
import java.util.List;

/**
 * The log of one partition. One thread writes, one reads; every entry is read once it is forced, in order.
 */
public interface Journal extends AutoCloseable {

    /**
     * Adds an entry. Writer's thread only.
     *
     * @return its offset, 1 for the first
     */
    long append(Entry entry) throws IOException;

    /** Returns when all that was appended would survive. Writer's thread only. After a failure nothing may be appended any more. */
    void force() throws IOException;

    /** Offset of the last forced entry; 0 if none. */
    long forcedOffset();

    /**
     * Adds forced entries after {@code offset} to {@code into}, waiting up to {@code waitMillis} for the first. Reader's thread only.
     * For one that had been forced and is damaged, {@link Entry.Damaged} stands in its place.
     *
     * @return how many, at most {@code max}; 0 if none came in time
     */
    int read(long offset, int max, long waitMillis, List<Entry> into) throws InterruptedException, IOException;

    /** The engine has applied all up to here, and will not read them again. */
    void applied(long offset);

    /** Bytes of entries that were appended but not yet applied. */
    long unappliedBytes();

    /** Why there is no room for batches now, though there is for all else; empty while there is. Thread-safe. */
    default String full() {
        return "";
    }

    /** Nobody will read entries before this one any more: they may go, as far as it is convenient. Writer's thread only. */
    default void removeBefore(long neededOffset) throws IOException {}

    /** Wakes a reader that waits: there is something else to do. */
    void wakeReader();

    @Override
    void close();
}
