/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.journal.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Logs that were cut anywhere, that lost their power at any moment, and that had any bit flipped. */
class DamagedLogTest {
    private static final String DAMAGED = new Entry.Damaged().toString();

    @Test
    void cutAtEveryByteOfItsLastRecordItKeepsAllBeforeIt() throws Exception {
        ForgetfulFolder whole = new ForgetfulFolder();
        SegmentLog log = LogRig.open(whole);
        List<Entry> written = LogRig.fill(log, 19, new SplittableRandom(1));
        String name = whole.names().get(0);
        byte[] mark = whole.bytes(DurableMark.NAME).clone();
        int before = whole.bytes(name).length;
        written.add(LogRig.entry(new SplittableRandom(2)));
        log.append(written.get(19));
        log.force();
        byte[] bytes = whole.bytes(name);
        for (int length = before; length < bytes.length; length++) {
            ForgetfulFolder cut = new ForgetfulFolder();
            cut.put(DurableMark.NAME, mark);
            cut.put(name, Arrays.copyOf(bytes, length));
            SegmentLog reopened = LogRig.open(cut);

            assertThat(reopened.damages()).as("cut at %d", length).isEmpty();
            // what is cut may be padding alone
            int kept = (int) reopened.forcedOffset();
            assertThat(kept).isBetween(19, 20);
            assertThat(LogRig.text(LogRig.all(reopened))).isEqualTo(LogRig.text(written.subList(0, kept)));
            assertThat(reopened.append(new Entry.Tick(1))).isEqualTo(kept + 1);
        }
    }

    @Test
    void tenThousandFlippedBitsGiveNoWrongValueUnnoticed() throws Exception {
        long seed = 20261124;
        SplittableRandom random = new SplittableRandom(seed);
        int told = 0;
        for (int log = 0; log < 20; log++) {
            ForgetfulFolder whole = new ForgetfulFolder();
            SegmentLog writing = LogRig.open(whole);
            List<String> written = LogRig.text(LogRig.fill(writing, 100, random));
            if (random.nextBoolean()) {
                writing.close();
            }
            List<String> files = whole.names();
            for (int flip = 0; flip < 500; flip++) {
                ForgetfulFolder flipped = whole.copy();
                String name = files.get(random.nextInt(files.size()));
                byte[] bytes = flipped.bytes(name);
                int bit = random.nextInt(bytes.length * 8);
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                told += check(written, flipped, "seed " + seed + ", log " + log + ", bit " + bit + " of " + name);
            }
        }
        assertThat(told).isGreaterThan(1_000);
    }

    /** Returns how many entries are told to be damaged. */
    private static long check(List<String> written, ForgetfulFolder folder, String what) throws Exception {
        SegmentLog log = LogRig.open(folder);
        List<String> read = LogRig.text(LogRig.all(log));
        assertThat(read).as(what).hasSameSizeAs(written);
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            if (read.get(i).equals(DAMAGED)) {
                missing.add(i);
            } else {
                assertThat(read.get(i)).as(what).isEqualTo(written.get(i));
            }
        }
        for (int index : missing) {
            assertThat(log.damages()).as(what).anyMatch(damage -> damage.covers(index + 1));
        }
        assertThat(missing).as(what).hasSizeLessThanOrEqualTo(1);
        return missing.size();
    }

    @Test
    void whateverIsAppendedForcedReopenedAndLostWithThePowerItIsTheLogOfAModel() throws Exception {
        for (long seed = 1; seed <= 150; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ForgetfulFolder folder = new ForgetfulFolder();
            SegmentLog log = LogRig.open(folder);
            List<String> forced = new ArrayList<>();
            List<String> unforced = new ArrayList<>();
            long first = 1;
            for (int step = 0; step < 200; step++) {
                switch (random.nextInt(12)) {
                    case 0 -> {
                        log.close();
                        log = LogRig.open(folder);
                        unforced.clear();
                    }
                    case 1 -> {
                        folder = folder.afterPowerLoss(random);
                        log = LogRig.open(folder);
                        assertThat(log.damages()).as("seed " + seed).isEmpty();
                        int survived = (int) log.forcedOffset() - forced.size();
                        assertThat(survived).as("seed " + seed).isBetween(0, unforced.size());
                        forced.addAll(unforced.subList(0, survived));
                        unforced.clear();
                    }
                    case 2 -> {
                        first = Math.max(first, random.nextInt(forced.size() + 1));
                        log.removeBefore(first);
                    }
                    case 3, 4, 5 -> {
                        log.force();
                        forced.addAll(unforced);
                        unforced.clear();
                    }
                    default -> {
                        Entry entry = LogRig.entry(random);
                        assertThat(log.append(entry)).isEqualTo(forced.size() + unforced.size() + 1);
                        unforced.add(LogRig.text(entry));
                    }
                }
                assertThat(log.forcedOffset()).as("seed " + seed).isEqualTo(forced.size());
            }
            int from = (int) log.firstOffset() - 1;
            assertThat(from).isLessThan((int) Math.max(1, first));
            assertThat(LogRig.text(LogRig.all(log))).as("seed " + seed).isEqualTo(forced.subList(from, forced.size()));
        }
    }
}
