/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

/**
 * What is on disk of what the engine derived from the journal. Nothing is forced to disk for each event: what a crash takes is derived again, with the same numbers and ids, by
 * applying the journal behind a checkpoint. So a checkpoint counts only once {@link #flushedOffset} has reached it, and no entry of the journal may go before that. Thread-safe.
 */
public interface DerivedState {

    /**
     * Offset of the entry up to which all that was derived is on disk. A checkpoint behind it, as a store put back from an older copy would have, must not be used: what lies
     * between the two would be missing.
     */
    long flushedOffset();

    /**
     * Forces what was derived from entries up to that one, which the engine must have applied; then {@link #flushedOffset} is at least that. Takes up to seconds: not for the
     * partition's thread.
     */
    void flush(long offset);
}
