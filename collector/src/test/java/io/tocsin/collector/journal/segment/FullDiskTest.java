/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collector.journal.BatchForm;
import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.ProducerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A disk that has no room, and has room again. The rig's logs want 10,000 bytes free and keep 5,000 in reserve. */
class FullDiskTest {
    private final ForgetfulFolder folder = new ForgetfulFolder();
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Entry> written = new ArrayList<>();

    private void tick(SegmentLog log) throws Exception {
        Entry tick = new Entry.Tick(written.size() + 1);
        log.append(tick);
        log.force();
        written.add(tick);
    }

    private void assertReopenedHoldsAll() throws Exception {
        SegmentLog reopened = LogRig.open(folder);
        assertThat(reopened.damages()).isEmpty();
        assertThat(LogRig.text(LogRig.all(reopened))).isEqualTo(LogRig.text(written));
        reopened.close();
    }

    @Test
    void batchesAreNotTakenBeforeTheDiskIsFullAndAreAgainWhenThereIsRoom() throws Exception {
        SegmentLog log = LogRig.open(folder);
        tick(log);
        assertThat(log.full()).isEmpty();

        folder.capacityBytes = folder.usedBytes() + 9_999;
        tick(log);
        assertThat(log.full()).matches("the disk of .* has 9\\d\\d\\d bytes free, and must have 10000");
        folder.capacityBytes += 500;
        tick(log);
        assertThat(log.full()).as("a little more is not enough").isNotEmpty();
        folder.capacityBytes += 2_000;
        tick(log);
        assertThat(log.full()).isEmpty();
        log.close();
        assertReopenedHoldsAll();
    }

    @Test
    void aWriteThatFailsGoesToAnotherFile() throws Exception {
        SegmentLog log = LogRig.open(folder);
        written.addAll(LogRig.fill(log, 10, random));
        folder.failingWrites = 1;
        tick(log);
        tick(log);
        assertThat(log.forcedOffset()).isEqualTo(12);
        assertThat(log.full()).isEmpty();
        assertThat(LogRig.text(LogRig.all(log))).isEqualTo(LogRig.text(written));
        log.close();
        assertReopenedHoldsAll();
    }

    @Test
    void theFirstWriteOfAFileMayFailToo() throws Exception {
        SegmentLog log = LogRig.open(folder);
        folder.failingWrites = 2;
        tick(log);
        tick(log);
        assertThat(LogRig.text(LogRig.all(log))).isEqualTo(LogRig.text(written));
        log.close();
        assertReopenedHoldsAll();
    }

    @Test
    void onAFullDiskTheReserveTakesWhatGoesOn() throws Exception {
        SegmentLog log = LogRig.open(folder);
        written.addAll(LogRig.fill(log, 10, random));
        folder.capacityBytes = folder.usedBytes();
        for (int i = 0; i < 10; i++) {
            tick(log);
        }
        assertThat(log.full()).contains("takes no more");
        assertThat(folder.names()).doesNotContain(DiskRoom.RESERVE);

        folder.capacityBytes += 30_000;
        tick(log);
        assertThat(log.full()).isEmpty();
        assertThat(folder.names()).contains(DiskRoom.RESERVE);
        assertThat(LogRig.text(LogRig.all(log))).isEqualTo(LogRig.text(written));
        log.close();
        assertReopenedHoldsAll();
    }

    @Test
    void whenTheReserveIsUsedUpTheGroupWaitsUntilThereIsRoom() throws Exception {
        SegmentLog log = LogRig.open(folder);
        written.addAll(LogRig.fill(log, 10, random));
        folder.capacityBytes = folder.usedBytes();
        byte[] large = new byte[6_000];
        Entry.Batch batch =
                new Entry.Batch(new ProducerKey("default", "p", 1), 1, BatchForm.STREAM, large, new int[0], 0, 17);
        log.append(batch);
        CompletableFuture<Void> forced = CompletableFuture.runAsync(() -> {
            try {
                log.force();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThatThrownBy(() -> forced.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(log.forcedOffset()).isEqualTo(10);

        folder.capacityBytes += 100_000;
        forced.get(10, TimeUnit.SECONDS);
        written.add(batch);
        tick(log);
        assertThat(log.full()).isEmpty();
        assertThat(LogRig.text(LogRig.all(log))).isEqualTo(LogRig.text(written));
        log.close();
        assertReopenedHoldsAll();
    }

    @Test
    void whoClosesDoesNotWaitForRoom() throws Exception {
        SegmentLog log = LogRig.open(folder);
        tick(log);
        folder.delete(DiskRoom.RESERVE);
        log.close();
        folder.capacityBytes = folder.usedBytes();

        SegmentLog full = LogRig.open(folder);
        assertThat(full.full()).contains("has no room for the 5000 bytes kept in reserve");
        full.append(new Entry.Tick(2));
        full.close();
        assertThatThrownBy(full::force).hasMessageContaining("the disk takes no more");
        assertReopenedHoldsAll();
    }

    /** Whatever the disk had room for at any time, and when the power failed: what was forced is there, once, in order. */
    @Test
    void nothingIsLostHoweverTheRoomComesAndGoes() throws Exception {
        int withoutRoom = 0;
        for (int seed = 1; seed <= 200; seed++) {
            SplittableRandom moves = new SplittableRandom(seed);
            ForgetfulFolder disk = new ForgetfulFolder();
            SegmentLog log = LogRig.open(disk);
            List<Entry> all = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                disk.capacityBytes =
                        moves.nextInt(3) == 0 ? Integer.MAX_VALUE : disk.usedBytes() + moves.nextInt(12_000);
                if (!disk.names().contains(DiskRoom.RESERVE)) {
                    // enough to begin a file, else the group would wait
                    disk.capacityBytes = Math.max(disk.capacityBytes, disk.usedBytes() + 5_000);
                }
                Entry entry = log.full().isEmpty() ? LogRig.entry(moves) : new Entry.Tick(i + 1);
                log.append(entry);
                log.force();
                all.add(entry);
                withoutRoom += log.full().isEmpty() ? 0 : 1;
                if (moves.nextInt(20) == 0) {
                    disk = disk.afterPowerLoss(moves);
                    log = LogRig.open(disk);
                    assertThat(log.damages()).as("seed %d", seed).isEmpty();
                }
            }
            assertThat(LogRig.text(LogRig.all(log))).as("seed %d", seed).isEqualTo(LogRig.text(all));
        }
        assertThat(withoutRoom).isBetween(1_000, 15_000);
    }
}
