/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every journal must do. Extend, return yours, and all of it is checked. */
public abstract class JournalContract {
    protected Journal journal;

    /** An empty one. */
    protected abstract Journal open() throws IOException;

    @BeforeEach
    void begin() throws IOException {
        journal = open();
    }

    @AfterEach
    void end() {
        journal.close();
    }

    private List<Entry> read(long offset, int max) throws Exception {
        List<Entry> entries = new ArrayList<>();
        assertThat(journal.read(offset, max, 0, entries)).isEqualTo(entries.size());
        return entries;
    }

    private static Entry tick(long millis) {
        return new Entry.Tick(millis);
    }

    @Test
    void offsetsCountFromOne() throws Exception {
        assertThat(journal.forcedOffset()).isZero();
        assertThat(journal.append(tick(10))).isEqualTo(1);
        assertThat(journal.append(tick(20))).isEqualTo(2);
        journal.force();
        assertThat(journal.append(tick(30))).isEqualTo(3);
        assertThat(journal.forcedOffset()).isEqualTo(2);
    }

    @Test
    void nothingIsReadBeforeItIsForced() throws Exception {
        journal.append(tick(1));
        assertThat(read(0, 10)).isEmpty();
        journal.force();
        assertThat(read(0, 10)).containsExactly(tick(1));
    }

    @Test
    void forcingNothingChangesNothing() throws Exception {
        journal.force();
        assertThat(journal.forcedOffset()).isZero();
        assertThat(read(0, 10)).isEmpty();
    }

    @Test
    void entriesAreReadInOrderFromAnyOffsetNotYetApplied() throws Exception {
        for (int i = 1; i <= 100; i++) {
            journal.append(tick(i));
            if (i % 7 == 0) {
                journal.force();
            }
        }
        journal.force();
        assertThat(read(0, 3)).containsExactly(tick(1), tick(2), tick(3));
        assertThat(read(41, 2)).containsExactly(tick(42), tick(43));
        journal.applied(50);
        assertThat(read(50, 1_000)).hasSize(50).startsWith(tick(51)).endsWith(tick(100));
        assertThat(read(100, 10)).isEmpty();
    }

    @Test
    void whatIsNotAppliedIsCounted() throws Exception {
        assertThat(journal.unappliedBytes()).isZero();
        journal.append(new Entry.Batch(
                new ProducerKey("t", "p", 1), 1, BatchForm.STREAM, new byte[5 << 20], new int[0], 0, 0));
        journal.append(tick(1));
        journal.force();
        assertThat(journal.unappliedBytes()).isGreaterThanOrEqualTo(5 << 20);
        journal.applied(2);
        assertThat(journal.unappliedBytes()).isZero();
    }

    @Test
    void aReaderThatWaitsIsWokenByAForce() throws Exception {
        CompletableFuture<Integer> reading = waitForFirst();
        journal.append(tick(1));
        journal.force();
        assertThat(reading.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void aReaderThatWaitsIsWokenForAnotherReason() throws Exception {
        CompletableFuture<Integer> reading = waitForFirst();
        journal.wakeReader();
        assertThat(reading.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aReaderDoesNotWaitForAJournalThatIsClosed() throws Exception {
        journal.append(tick(1));
        journal.force();
        journal.close();
        List<Entry> entries = new ArrayList<>();
        assertThat(journal.read(0, 10, 60_000, entries)).isEqualTo(1);
        assertThat(journal.read(1, 10, 60_000, entries)).isZero();
    }

    private CompletableFuture<Integer> waitForFirst() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return journal.read(0, 10, 60_000, new ArrayList<>());
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
