/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.journal.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a log that is written. */
class LogFilesTest {
    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(11);

    private SegmentLog open(String name) throws IOException {
        return LogRig.open(new DiskFolder(Files.createDirectories(folder.resolve(name))));
    }

    private void copy(LogFiles files, String name) throws IOException {
        Path to = Files.createDirectories(folder.resolve(name));
        for (LogFiles.Part part : files.parts()) {
            Path copy = to.resolve(part.file().getFileName());
            if (part.mayGrow()) {
                Files.write(copy, Arrays.copyOf(Files.readAllBytes(part.file()), (int) part.bytes()));
            } else {
                Files.createLink(copy, part.file());
            }
        }
        files.writeMark(to);
    }

    @Test
    void aCopyIsALogOfItsOwnHoweverTheOtherGoesOn() throws Exception {
        List<Entry> entries;
        try (SegmentLog log = open("log")) {
            entries = new ArrayList<>(LogRig.fill(log, 300, random));
            log.append(LogRig.entry(random)); // not forced: nobody was told of it
            try (SegmentLog.Kept kept = log.keepAll()) {
                copy(kept.files(), "copy");
            }
            // old files go, and new ones are written over those that may be
            for (int i = 0; i < 10; i++) {
                LogRig.fill(log, 100, random);
                log.removeBefore(log.forcedOffset() - 50);
            }
        }
        try (SegmentLog copy = open("copy")) {
            assertThat(copy.damages()).isEmpty();
            assertThat(LogRig.text(LogRig.all(copy))).isEqualTo(LogRig.text(entries));
            entries.addAll(LogRig.fill(copy, 50, random));
            copy.removeBefore(copy.forcedOffset());
        }
        try (SegmentLog log = open("log");
                SegmentLog copy = open("copy")) {
            assertThat(log.damages()).isEmpty();
            assertThat(copy.damages()).isEmpty();
            assertThat(copy.forcedOffset()).isEqualTo(entries.size());
        }
    }

    @Test
    void nothingIsRemovedWhileAllIsKept() throws Exception {
        try (SegmentLog log = open("log")) {
            LogRig.fill(log, 300, random);
            try (SegmentLog.Kept kept = log.keepAll()) {
                removeElsewhere(log);
                assertThat(log.firstOffset()).isEqualTo(1);
                assertThat(kept.files().firstOffset()).isEqualTo(1);
            }
            removeElsewhere(log);
            assertThat(log.firstOffset()).isGreaterThan(1);
        }
    }

    /** As the writer does, on a thread that is not the one that keeps. */
    private static void removeElsewhere(SegmentLog log) throws InterruptedException {
        Thread writer = new Thread(() -> {
            try {
                log.removeBefore(log.forcedOffset());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        writer.start();
        writer.join();
    }

    @Test
    void ofALogWithoutEntries() throws Exception {
        try (SegmentLog log = open("log");
                SegmentLog.Kept kept = log.keepAll()) {
            copy(kept.files(), "copy");
        }
        try (SegmentLog copy = open("copy")) {
            assertThat(copy.forcedOffset()).isZero();
            assertThat(copy.damages()).isEmpty();
        }
    }
}
