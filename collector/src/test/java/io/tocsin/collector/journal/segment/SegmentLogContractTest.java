/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import io.tocsin.collector.journal.Journal;
import io.tocsin.collector.journal.JournalContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** A log on a disk does all that a journal must. */
class SegmentLogContractTest {

    @Nested
    class WithEntriesInMemory extends JournalContract {
        @TempDir
        Path folder;

        @Override
        protected Journal open() throws IOException {
            return SegmentLog.open(folder, SegmentLogSettings.DEFAULTS, bytes -> {});
        }
    }

    @Nested
    class WithEveryEntryReadBackFromManySegments extends JournalContract {
        @TempDir
        Path folder;

        @Override
        protected Journal open() throws IOException {
            return SegmentLog.open(folder, new SegmentLogSettings(200, 0, 0, 0, 100, 0), bytes -> {});
        }
    }
}
