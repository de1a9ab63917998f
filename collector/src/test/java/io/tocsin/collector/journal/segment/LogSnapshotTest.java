/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collector.journal.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a folder holds, who looks at it sees what a collector that starts would find, and leaves it as it is. */
class LogSnapshotTest {
    @TempDir
    Path folder;

    private static List<Entry> rest(LogSnapshot snapshot) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry = snapshot.next(); entry != null; entry = snapshot.next()) {
            entries.add(entry);
        }
        return entries;
    }

    private static void requireSame(ForgetfulFolder held, String what) throws Exception {
        ForgetfulFolder opened = held.copy();
        LogSnapshot snapshot = LogSnapshot.open(held);
        List<String> seen = LogRig.text(rest(snapshot));
        SegmentLog log = LogRig.open(opened);

        assertThat(seen).as(what).isEqualTo(LogRig.text(LogRig.all(log)));
        assertThat(snapshot.offset()).as(what).isEqualTo(log.forcedOffset());
        assertThat(snapshot.damages().stream().mapToLong(Damage::entries).sum())
                .as(what)
                .isEqualTo(log.damages().stream().mapToLong(Damage::entries).sum());
    }

    @Test
    void withAnyBitFlipped() throws Exception {
        long seed = 77;
        SplittableRandom random = new SplittableRandom(seed);
        for (int log = 0; log < 6; log++) {
            ForgetfulFolder whole = new ForgetfulFolder();
            SegmentLog writing = LogRig.open(whole);
            LogRig.fill(writing, 100, random);
            if (random.nextBoolean()) {
                writing.close();
            }
            requireSame(whole, "seed " + seed + ", whole log " + log);
            List<String> files = whole.names();
            for (int flip = 0; flip < 80; flip++) {
                ForgetfulFolder flipped = whole.copy();
                String name = files.get(random.nextInt(files.size()));
                byte[] bytes = flipped.bytes(name);
                for (int bits = random.nextInt(3); bits >= 0; bits--) {
                    int bit = random.nextInt(bytes.length * 8);
                    bytes[bit / 8] ^= (byte) (1 << bit % 8);
                }
                requireSame(flipped, "seed " + seed + ", log " + log + ", flip " + flip + " in " + name);
            }
        }
    }

    @Test
    void afterAnyLossOfPowerAndWithItsBeginningRemoved() throws Exception {
        for (long seed = 1; seed <= 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ForgetfulFolder held = new ForgetfulFolder();
            SegmentLog log = LogRig.open(held);
            LogRig.fill(log, 10 + random.nextInt(100), random);
            log.removeBefore(random.nextInt(50));
            LogRig.fill(log, random.nextInt(60), random);
            for (int left = random.nextInt(4); left > 0; left--) {
                log.append(LogRig.entry(random));
            }
            requireSame(held.afterPowerLoss(random), "seed " + seed);
        }
    }

    @Test
    void itSeesWhatIsWrittenWhileItReads() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        SegmentLog log = SegmentLog.open(folder, LogRig.SMALL, bytes -> {});
        List<Entry> written = new ArrayList<>(LogRig.fill(log, 50, random));
        List<Entry> seen = new ArrayList<>();
        try (LogSnapshot snapshot = LogSnapshot.open(folder)) {
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 10; i++) {
                    Entry entry = snapshot.next();
                    if (entry != null) {
                        seen.add(entry);
                    }
                }
                written.addAll(LogRig.fill(log, 12, random));
            }
            assertThat(snapshot.share()).isBetween(0.0, 1.0);
            seen.addAll(rest(snapshot));
            assertThat(LogRig.text(seen)).isEqualTo(LogRig.text(written));
            assertThat(snapshot.share()).isEqualTo(1);
            assertThat(snapshot.damages()).isEmpty();
        }
        log.close();
    }

    @Test
    void whatIsRemovedWhileItReadsIsTold() throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        SegmentLog log = SegmentLog.open(folder, LogRig.SMALL, bytes -> {});
        LogRig.fill(log, 200, random);
        try (LogSnapshot snapshot = LogSnapshot.open(folder)) {
            assertThat(snapshot.next()).isNotNull();
            log.removeBefore(190);
            LogRig.fill(log, 100, random);

            assertThatThrownBy(() -> rest(snapshot))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("were removed while they were read");
        }
        log.close();
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> LogSnapshot.open(folder.resolve("none")))
                .hasMessageContaining("there is no journal in");
    }
}
