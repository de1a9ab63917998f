/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.checkpoint.Checkpoint;
import io.tocsin.collector.journal.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Entries of one partition's past, in order. Confined to one thread. */
public interface EntrySource extends Closeable {

    /** The partition's number: alert ids depend on it. */
    int partition();

    /** State as it was before the first entry; empty: there was nothing before it. */
    default Optional<Checkpoint> before() {
        return Optional.empty();
    }

    /** The next entry; null: that was the last. */
    @Nullable
    Entry next() throws IOException;

    /** Where in its journal the entry is that was returned last. */
    long offset();

    /** How much of it has been read: 0 to 1; negative if nobody knows. */
    double share();
}
