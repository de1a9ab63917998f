/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

/**
 * Entries that had been forced and cannot be read any more. Their bytes are left where they are; all others are read.
 *
 * @param firstOffset of the first of them
 * @param lastOffset of the last of them; less than the first if no entry is lost, but a part of a file that is not needed
 * @param where file and what is wrong with it
 */
public record Damage(long firstOffset, long lastOffset, String where) {

    /** How many entries are lost. */
    public long entries() {
        return lastOffset - firstOffset + 1;
    }

    boolean covers(long offset) {
        return firstOffset <= offset && offset <= lastOffset;
    }

    @Override
    public String toString() {
        return (entries() == 0 ? "no entry is lost" : "entries " + firstOffset + " to " + lastOffset + " are lost")
                + ": " + where;
    }
}
