/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backtest;

import io.tocsin.collector.journal.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries that are there already. */
final class ListSource implements EntrySource {
    private final List<Entry> entries;
    private int read;

    ListSource(List<Entry> entries) {
        this.entries = entries;
    }

    @Override
    public int partition() {
        return 0;
    }

    @Override
    public @Nullable Entry next() {
        return read < entries.size() ? entries.get(read++) : null;
    }

    @Override
    public long offset() {
        return read;
    }

    @Override
    public double share() {
        return (double) read / entries.size();
    }

    @Override
    public void close() {}
}
