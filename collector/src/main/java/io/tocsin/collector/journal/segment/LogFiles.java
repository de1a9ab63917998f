/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a log, as far as they were forced at one moment. With copies of these and a mark, a folder is a log.
 *
 * @param parts in order
 * @param firstOffset the oldest entry that is kept
 * @param forcedOffset all up to this entry stands in the parts; there may be more
 */
public record LogFiles(List<Part> parts, long firstOffset, long forcedOffset) {
    /**
     * One file.
     *
     * @param bytes that count; what is behind them may change
     * @param mayGrow it may be written to, behind these bytes; else never again
     */
    public record Part(Path file, long bytes, boolean mayGrow) {}

    public LogFiles {
        parts = List.copyOf(parts);
    }

    /** Writes the mark that belongs to copies of the parts, and forces it. */
    public void writeMark(Path folder) throws IOException {
        try (DurableMark mark = DurableMark.open(new DiskFolder(folder))) {
            mark.write(forcedOffset, firstOffset);
            mark.force();
        }
        DurableFolder.force(folder);
    }
}
