/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collector.journal.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Files of a log: begun, read back, removed, failing, damaged. */
class SegmentLogTest {
    private final ForgetfulFolder folder = new ForgetfulFolder();
    private final SplittableRandom random = new SplittableRandom(7);

    private List<String> segments() {
        return folder.names().stream()
                .filter(n -> Segment.firstOffset(n).isPresent())
                .toList();
    }

    @Test
    void aFullSegmentIsFollowedByTheNextAndAllAreReadBack() throws Exception {
        SegmentLog log = LogRig.open(folder);
        List<Entry> written = LogRig.fill(log, 200, random);
        log.close();

        assertThat(segments()).hasSizeGreaterThan(5).startsWith("0000000000000000001.segment");
        SegmentLog reopened = LogRig.open(folder);
        assertThat(reopened.damages()).isEmpty();
        assertThat(reopened.forcedOffset()).isEqualTo(200);
        assertThat(LogRig.text(LogRig.all(reopened))).isEqualTo(LogRig.text(written));
    }

    @Test
    void aSlowReaderIsServedFromDiskAndThenFromMemoryAgain() throws Exception {
        SegmentLog log = LogRig.open(folder);
        List<Entry> written = new ArrayList<>(LogRig.fill(log, 100, random));
        List<Entry> read = new ArrayList<>();
        while (read.size() < 60) {
            log.read(read.size(), 9, 0, read);
        }
        log.applied(read.size());
        written.addAll(LogRig.fill(log, 100, random));
        while (read.size() < 200) {
            log.read(read.size(), 9, 0, read);
            log.applied(read.size());
        }
        assertThat(LogRig.text(read)).isEqualTo(LogRig.text(written));
        assertThat(log.counters().readBackEntries()).isBetween(1L, 199L);
        assertThat(log.unappliedBytes()).isZero();
    }

    @Test
    void afterAFailedForceNothingIsWrittenAnyMoreAndOnlyTheForcedIsRead() throws Exception {
        SegmentLog log = LogRig.open(folder);
        List<Entry> forced = LogRig.fill(log, 10, random);
        folder.failingForces = 1;
        log.append(new Entry.Tick(1));
        assertThatThrownBy(log::force).hasMessageContaining("input/output error");
        int forces = folder.forces;

        assertThatThrownBy(() -> log.append(new Entry.Tick(2))).hasMessageContaining("nothing is written after");
        assertThatThrownBy(log::force).hasMessageContaining("nothing is written after");
        assertThatThrownBy(() -> log.removeBefore(5)).hasMessageContaining("nothing is written after");
        log.close();
        assertThat(folder.forces).isEqualTo(forces);
        assertThat(log.forcedOffset()).isEqualTo(10);
        assertThat(LogRig.text(LogRig.all(log))).isEqualTo(LogRig.text(forced));
    }

    @Test
    void whatIsNotNeededIsRemovedFileByFileAndItsFilesAreWrittenOver() throws Exception {
        SegmentLog log = LogRig.open(folder);
        List<Entry> written = new ArrayList<>(LogRig.fill(log, 200, random));
        log.removeBefore(120);
        assertThat(log.firstOffset()).isBetween(90L, 120L);
        assertThat(folder.names()).filteredOn(n -> n.startsWith("spare-")).hasSize(2);
        written.addAll(LogRig.fill(log, 100, random));
        assertThat(folder.names()).noneMatch(n -> n.startsWith("spare-"));
        log.close();

        SegmentLog reopened = LogRig.open(folder);
        assertThat(reopened.damages()).isEmpty();
        long first = reopened.firstOffset();
        assertThat(first).isEqualTo(log.firstOffset());
        assertThat(LogRig.text(LogRig.all(reopened)))
                .isEqualTo(LogRig.text(written.subList((int) first - 1, written.size())));
    }

    @Test
    void theLastSegmentIsNeverRemoved() throws Exception {
        SegmentLog log = LogRig.open(folder);
        LogRig.fill(log, 200, random);
        log.removeBefore(Long.MAX_VALUE);
        assertThat(segments()).hasSize(1);
        log.append(new Entry.Tick(5));
        log.force();
        assertThat(log.forcedOffset()).isEqualTo(201);
    }

    @Test
    void aDamagedEntryIsToldAndReadAround() throws Exception {
        SegmentLog log = LogRig.open(folder);
        List<String> written = new ArrayList<>(LogRig.text(LogRig.fill(log, 200, random)));
        log.close();
        String name = segments().get(2);
        byte[] bytes = folder.bytes(name);
        bytes[SegmentHeader.BYTES + 500] ^= 0x10;

        SegmentLog reopened = LogRig.open(folder);
        assertThat(reopened.damages()).hasSize(1);
        Damage damage = reopened.damages().get(0);
        assertThat(damage.entries()).isEqualTo(1);
        assertThat(damage.toString())
                .contains("entries " + damage.firstOffset() + " to")
                .contains(name);
        assertThat(reopened.counters().damagedEntries()).isEqualTo(1);
        written.set((int) damage.firstOffset() - 1, new Entry.Damaged().toString());
        assertThat(LogRig.text(LogRig.all(reopened))).isEqualTo(written);
    }

    @Test
    void aDamagedLengthDoesNotHideWhatFollows() throws Exception {
        SegmentLog log = LogRig.open(folder);
        LogRig.fill(log, 50, random);
        log.close();
        byte[] bytes = folder.bytes(segments().get(0));
        Arrays.fill(bytes, SegmentHeader.BYTES, SegmentHeader.BYTES + 4, (byte) 0x7f);

        SegmentLog reopened = LogRig.open(folder);
        assertThat(reopened.damages()).extracting(Damage::firstOffset).containsExactly(1L);
        assertThat(reopened.damages()).extracting(Damage::lastOffset).containsExactly(1L);
        assertThat(LogRig.all(reopened)).hasSize(50);
    }

    @Test
    void damageToTheLastForcedEntryIsNotTakenForATornTailAndItsOffsetIsNotGivenAgain() throws Exception {
        SegmentLog log = LogRig.open(folder);
        LogRig.fill(log, 20, random);
        byte[] bytes = folder.bytes(segments().get(segments().size() - 1));
        bytes[bytes.length - 9] ^= 1;

        SegmentLog reopened = LogRig.open(folder);
        assertThat(reopened.damages()).extracting(Damage::lastOffset).containsExactly(20L);
        assertThat(reopened.append(new Entry.Tick(1))).isEqualTo(21);
        reopened.force();
        assertThat(LogRig.open(folder).damages()).extracting(Damage::lastOffset).containsExactly(20L);
    }

    @Test
    void aLostHeaderCostsNoEntry() throws Exception {
        SegmentLog log = LogRig.open(folder);
        List<Entry> written = LogRig.fill(log, 100, random);
        log.close();
        Arrays.fill(folder.bytes(segments().get(1)), 0, SegmentHeader.BYTES, (byte) 0);

        SegmentLog reopened = LogRig.open(folder);
        assertThat(reopened.damages()).hasSize(1);
        assertThat(reopened.damages().get(0).toString())
                .contains("no entry is lost")
                .contains("header");
        assertThat(LogRig.text(LogRig.all(reopened))).isEqualTo(LogRig.text(written));
    }

    @Test
    void aSegmentThatIsMissingIsTold() throws Exception {
        SegmentLog log = LogRig.open(folder);
        LogRig.fill(log, 200, random);
        log.close();
        long first = Segment.firstOffset(segments().get(1)).orElseThrow();
        long next = Segment.firstOffset(segments().get(2)).orElseThrow();
        folder.delete(segments().get(1));

        SegmentLog reopened = LogRig.open(folder);
        assertThat(reopened.damages()).extracting(Damage::firstOffset).containsExactly(first);
        assertThat(reopened.damages()).extracting(Damage::lastOffset).containsExactly(next - 1);
        assertThat(LogRig.all(reopened)).hasSize(200);
    }

    @Test
    void allSegmentsMissingIsTold() throws Exception {
        SegmentLog log = LogRig.open(folder);
        LogRig.fill(log, 40, random);
        log.close();
        segments().forEach(folder::delete);

        SegmentLog reopened = LogRig.open(folder);
        assertThat(reopened.damages()).extracting(Damage::entries).containsExactly(40L);
        assertThat(reopened.append(new Entry.Tick(1))).isEqualTo(41);
    }

    @Test
    void aMissingMarkIsTold() throws Exception {
        SegmentLog log = LogRig.open(folder);
        LogRig.fill(log, 40, random);
        log.close();
        folder.delete(DurableMark.NAME);

        assertThat(LogRig.open(folder).damages().toString()).contains(DurableMark.NAME);
    }

    @Test
    void aNewerFormatIsRefusedAndLeftAsItIs() throws Exception {
        SegmentLog log = LogRig.open(folder);
        LogRig.fill(log, 5, random);
        log.close();
        try (SegmentFile file = folder.open(segments().get(0))) {
            new SegmentHeader(SegmentHeader.FORMAT + 1, 1, 99).write(file);
        }
        byte[] before = folder.bytes(segments().get(0)).clone();

        assertThatThrownBy(() -> LogRig.open(folder))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("has format 2, this build reads formats up to 1");
        assertThat(folder.bytes(segments().get(0))).isEqualTo(before);
    }

    @Test
    void bytesOfAnEntryThatLookLikeAFrameAreNotTakenForOne() throws Exception {
        SegmentLog log = LogRig.open(folder);
        LogRig.fill(log, 5, random);
        byte[] forged = new byte[64];
        Frame.seal(forged, 8, 9, true, 7, 1234);
        log.append(new Entry.Batch(
                new io.tocsin.collector.journal.ProducerKey("t", "p", 1),
                1,
                io.tocsin.collector.journal.BatchForm.STREAM,
                forged,
                new int[0],
                0,
                0));
        log.append(new Entry.Tick(1));
        log.force();
        log.close();
        byte[] bytes = folder.bytes(segments().get(0));
        int at = indexOf(bytes, ByteBuffer.wrap(forged, 8, 24));
        bytes[at - 40] ^= 1;

        SegmentLog reopened = LogRig.open(folder);
        assertThat(reopened.damages()).extracting(Damage::firstOffset).containsExactly(6L);
        assertThat(reopened.damages()).extracting(Damage::lastOffset).containsExactly(6L);
    }

    private static int indexOf(byte[] bytes, ByteBuffer wanted) {
        for (int at = 0; at + wanted.remaining() <= bytes.length; at++) {
            if (ByteBuffer.wrap(bytes, at, wanted.remaining()).equals(wanted)) {
                return at;
            }
        }
        throw new AssertionError("not found");
    }

    @Test
    void anEntryThatRotsWhileTheLogIsOpenStopsTheReaderThere() throws Exception {
        SegmentLog log = LogRig.open(folder);
        LogRig.fill(log, 100, random);
        byte[] bytes = folder.bytes(segments().get(0));
        bytes[SegmentHeader.BYTES + 30] ^= 1;

        List<Entry> read = new ArrayList<>();
        assertThatThrownBy(() -> log.read(0, 10, 0, read))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("entry 1 of the journal cannot be read back");
    }
}
