/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.collector.partition.Position;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Duplicates, groups, ticks, liveness, refusals: what the writer decides. */
class JournalWriterTest {
    private static final ProducerKey PRODUCER = new ProducerKey("default", "p", 1);

    private final AtomicLong wallMillis = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong();
    private final EngineClock clock =
            new EngineClock((InstantSource) () -> java.time.Instant.ofEpochMilli(wallMillis.get()), nanos::get);
    private final FragileJournal journal = new FragileJournal();
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private JournalWriter writer = JournalWriter.live(0, journal, JournalSettings.DEFAULTS, clock);

    @AfterEach
    void stop() {
        writer.close();
    }

    private final Intake.Answers recorder = new Intake.Answers() {
        @Override
        public void accepted(Answer answer) {
            answers.add((answer.alreadyAccepted() ? "again " : "accepted ") + answer.sequence() + " at "
                    + answer.position().offset() + " rejecting "
                    + answer.rejections().size());
        }

        @Override
        public void conflicting(long sequence) {
            answers.add("conflict " + sequence);
        }

        @Override
        public void fenced(long sequence, long byEpoch) {
            answers.add("fenced " + sequence + " by " + byEpoch);
        }

        @Override
        public void refused(long sequence) {
            answers.add("refused " + sequence);
        }

        @Override
        public void failed(long sequence, String reason) {
            answers.add("failed " + sequence);
        }
    };

    private boolean submit(long sequence, String content, RejectedRecord... rejections) {
        return submit(PRODUCER, sequence, content, rejections);
    }

    private boolean submit(ProducerKey producer, long sequence, String content, RejectedRecord... rejections) {
        byte[] bytes = content.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return writer.submit(
                new Intake.CheckedBatch(
                        producer,
                        producer,
                        sequence,
                        BatchForm.STREAM,
                        bytes,
                        content.hashCode(),
                        List.of(rejections),
                        0,
                        wallMillis.get(),
                        0,
                        0,
                        1),
                recorder);
    }

    private List<Entry> written() throws InterruptedException {
        List<Entry> entries = new ArrayList<>();
        journal.read(0, Integer.MAX_VALUE, 0, entries);
        return entries;
    }

    private void passMillis(long millis) {
        wallMillis.addAndGet(millis);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void awaitAnswers(int count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> answers.size() >= count);
    }

    @Test
    void theSameSequenceIsWrittenOnceAndGetsItsFirstAnswer() throws Exception {
        writer.start(List.of());
        submit(1, "one", new RejectedRecord(3, RejectedRecord.Reason.BAD_VALUE, "latency was NaN"));
        submit(2, "two");
        submit(1, "one");
        awaitAnswers(3);

        assertThat(answers.get(0)).startsWith("accepted 1 at ").endsWith("rejecting 1");
        assertThat(answers.get(1)).startsWith("accepted 2 at ");
        assertThat(answers.get(2)).isEqualTo(answers.get(0).replace("accepted", "again"));
        assertThat(written()).filteredOn(e -> e instanceof Entry.Batch).hasSize(2);
        assertThat(writer.counters().duplicates()).isEqualTo(1);
        assertThat(writer.acceptedThrough(PRODUCER)).isEqualTo(2);
    }

    @Test
    void anEpochThatSaidGoodbyeIsFencedOnceALaterOneHasBegun() throws Exception {
        writer.start(List.of());
        ProducerKey later = new ProducerKey("default", "p", 2);
        submit(1, "one");
        writer.goodbye(PRODUCER).join();
        submit(2, "after the Goodbye, which is nobody's loss");
        submit(later, 1, "first of the later epoch");
        submit(3, "of an epoch that is over");
        submit(2, "after the Goodbye, which is nobody's loss");
        submit(1, "one");
        awaitAnswers(6);

        assertThat(answers.get(1)).startsWith("accepted 2");
        assertThat(answers.get(2)).startsWith("accepted 1");
        assertThat(answers.get(3)).isEqualTo("fenced 3 by 2");
        assertThat(answers.get(4)).startsWith("again 2");
        assertThat(answers.get(5)).startsWith("again 1");
        assertThat(written()).filteredOn(e -> e instanceof Entry.Batch).hasSize(3);
        assertThat(writer.counters().fenced()).isEqualTo(1);
    }

    @Test
    void anEpochThatDidNotSayGoodbyeMayStillSendWhatItHas() {
        writer.start(List.of());
        submit(1, "one");
        submit(new ProducerKey("default", "p", 2), 1, "first of the later epoch");
        submit(2, "from the spill of the earlier one");
        awaitAnswers(3);

        assertThat(answers.get(2)).startsWith("accepted 2");
        assertThat(writer.counters().fenced()).isZero();
    }

    @Test
    void anEpochStaysFencedForAWriterThatBeginsAnew() throws Exception {
        writer.start(List.of());
        submit(1, "one");
        writer.goodbye(PRODUCER).join();
        submit(new ProducerKey("default", "p", 2), 1, "first of the later epoch");
        awaitAnswers(2);
        WrittenBefore before = new WrittenBefore(0, JournalSettings.DEFAULTS);
        List<Entry> entries = written();
        for (int i = 0; i < entries.size(); i++) {
            before.read(i + 1, entries.get(i));
        }
        writer.close();
        passMillis(1_000);
        writer = JournalWriter.live(0, new FragileJournal(), JournalSettings.DEFAULTS, clock, before);
        writer.start(List.of());
        submit(2, "of an epoch that is over");
        awaitAnswers(3);

        assertThat(answers.get(2)).isEqualTo("fenced 2 by 2");
    }

    @Test
    void whileTheDiskIsFullBatchesAreRefusedAndAllElseIsWritten() throws Exception {
        submit(1, "waits");
        journal.full = "the disk is full";
        assertThat(submit(2, "comes")).isFalse();
        CompletableFuture<Position> command = writer.command(new Entry.RuleRemoved("default", "old"));
        writer.start(List.of());
        command.get(10, TimeUnit.SECONDS);
        awaitAnswers(1);

        assertThat(answers).containsExactly("refused 1");
        assertThat(writer.counters().refused()).isEqualTo(2);
        assertThat(written()).noneMatch(e -> e instanceof Entry.Batch).anyMatch(e -> e instanceof Entry.RuleRemoved);
        assertThat(written()).filteredOn(e -> e instanceof Entry.Refused).hasSize(1);
        journal.full = "";
        submit(1, "waits");
        awaitAnswers(2);
        assertThat(answers.get(1)).startsWith("accepted 1 at ");
    }

    @Test
    void theSameSequenceWithOtherBytesIsRefusedAndNotWritten() throws Exception {
        writer.start(List.of());
        submit(1, "one");
        submit(1, "another");
        awaitAnswers(2);

        assertThat(answers.get(1)).isEqualTo("conflict 1");
        assertThat(written()).filteredOn(e -> e instanceof Entry.Batch).hasSize(1);
    }

    @Test
    void anOldAnswerIsForgottenButTheBatchIsNotCountedAgain() throws Exception {
        writer = JournalWriter.live(
                0,
                journal,
                new JournalSettings(
                        1 << 20, 1 << 20, Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofHours(1), 10),
                clock);
        writer.start(List.of());
        for (int sequence = 1; sequence <= 30; sequence++) {
            submit(sequence, "batch " + sequence);
        }
        submit(3, "batch 3");
        submit(3, "other bytes");
        awaitAnswers(32);

        assertThat(answers.get(30)).isEqualTo("again 3 at 0 rejecting 0");
        assertThat(answers.get(31)).isEqualTo("again 3 at 0 rejecting 0");
        assertThat(written()).filteredOn(e -> e instanceof Entry.Batch).hasSize(30);
    }

    @Test
    void afterGoodbyeTheAnswersAreForgottenButTheBatchesAreNotCountedAgain() throws Exception {
        writer.start(List.of());
        submit(1, "one");
        awaitAnswers(1);
        writer.goodbye(PRODUCER).get(10, TimeUnit.SECONDS);

        submit(1, "one");
        awaitAnswers(2);

        assertThat(answers.get(1)).isEqualTo("again 1 at 0 rejecting 0");
        assertThat(written().stream().filter(e -> e instanceof Entry.Batch)).hasSize(1);
    }

    @Test
    void sequencesMayArriveOutOfOrderOverTwoConnections() {
        writer.start(List.of());
        submit(2, "two");
        awaitAnswers(1);
        assertThat(writer.acceptedThrough(PRODUCER)).isZero();
        submit(1, "one");
        submit(2, "two");
        awaitAnswers(3);

        assertThat(writer.acceptedThrough(PRODUCER)).isEqualTo(2);
        assertThat(answers.get(2)).startsWith("again 2");
    }

    @Test
    void whatLiesBehindAGapThatIsNotRememberedIsRefusedNeverAcknowledged() throws Exception {
        writer = JournalWriter.live(
                0,
                journal,
                new JournalSettings(
                        1 << 20, 1 << 20, Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofHours(1), 10),
                clock);
        writer.start(List.of());
        for (int sequence = 1_000; sequence < 1_030; sequence++) {
            submit(sequence, "batch " + sequence);
        }
        submit(5, "never written");
        submit(1_029, "batch 1029");
        awaitAnswers(32);

        assertThat(answers.get(30)).isEqualTo("conflict 5");
        assertThat(answers.get(31)).startsWith("again 1029");
        assertThat(writer.acceptedThrough(PRODUCER)).isZero();
    }

    @Test
    void refusesWhatWouldExceedItsBoundAndWritesThatItDid() throws Exception {
        writer = JournalWriter.live(
                0,
                journal,
                new JournalSettings(8, 1 << 20, Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofHours(1), 10),
                clock);
        assertThat(submit(1, "12345678")).isTrue();
        assertThat(submit(2, "9")).isFalse();
        assertThat(writer.counters().refused()).isEqualTo(1);

        writer.start(List.of());
        awaitAnswers(1);
        await().until(() -> written().stream().anyMatch(e -> e instanceof Entry.Refused r && r.batches() == 1));
    }

    @Test
    void everyGroupEndsWithATickThatNeverGoesBack() throws Exception {
        writer.start(List.of(new Entry.Started("test", java.util.Map.of(), true)));
        submit(1, "one");
        awaitAnswers(1);
        passMillis(1_000);
        submit(2, "two");
        awaitAnswers(2);

        List<Entry> entries = written();
        assertThat(entries.get(0)).isInstanceOf(Entry.Started.class);
        assertThat(entries.get(entries.size() - 1)).isEqualTo(new Entry.Tick(1_001_000));
        assertThat(entries).filteredOn(e -> e instanceof Entry.Tick).doesNotHaveDuplicates();
    }

    @Test
    void aJumpOfTheWallClockIsAnEntryAndEngineTimeGoesOn() throws Exception {
        writer.start(List.of());
        submit(1, "one");
        awaitAnswers(1);
        wallMillis.addAndGet(Duration.ofDays(365).toMillis());
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
        submit(2, "two");
        awaitAnswers(2);

        assertThat(written()).filteredOn(e -> e instanceof Entry.ClockJumped).hasSize(1);
        assertThat(clock.millis()).isEqualTo(1_000_500);
    }

    @Test
    void livenessIsWrittenWhenItChanges() throws Exception {
        writer.start(List.of());
        writer.heard(PRODUCER);
        awaitLiveness(1);
        passMillis(6_000);
        awaitLiveness(2);
        writer.heard(PRODUCER);
        awaitLiveness(3);
        Position position = writer.goodbye(PRODUCER).get(10, TimeUnit.SECONDS);

        assertThat(position.offset()).isPositive();
        assertThat(written().stream()
                        .filter(e -> e instanceof Entry.LivenessChanged)
                        .map(e -> ((Entry.LivenessChanged) e).liveness()))
                .containsExactly(Liveness.ALIVE, Liveness.LOST, Liveness.ALIVE, Liveness.STOPPED);
        assertThat(writer.producers()).isEmpty();
    }

    private void awaitLiveness(int count) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> written().stream()
                                .filter(e -> e instanceof Entry.LivenessChanged)
                                .count()
                        == count);
    }

    @Test
    void whenTheDiskFailsEveryoneWhoWaitsHearsOfIt() throws Exception {
        journal.failure = new IOException("disk full");

        CompletableFuture<Position> command = writer.command(new Entry.RuleRemoved("default", "r"));
        CompletableFuture<Position> goodbye = writer.goodbye(PRODUCER);
        assertThat(submit(1, "one")).isTrue();
        writer.start(List.of());

        assertThatThrownBy(() -> command.get(10, TimeUnit.SECONDS)).hasMessageContaining("disk full");
        assertThatThrownBy(() -> goodbye.get(10, TimeUnit.SECONDS)).hasMessageContaining("disk full");
        awaitAnswers(1);
        assertThat(answers).containsExactly("failed 1");
        assertThatThrownBy(() ->
                        writer.command(new Entry.RuleRemoved("default", "r")).get(10, TimeUnit.SECONDS))
                .hasMessageContaining("disk full");
    }

    @Test
    void anErrorStopsTheWriterLoudlyToo() {
        journal.failure = new AssertionError("planted");
        assertThat(submit(1, "one")).isTrue();
        writer.start(List.of());

        awaitAnswers(1);
        assertThat(answers).containsExactly("failed 1");
        assertThat(writer.failure()).contains("planted");
    }

    /** A journal whose disk may break. */
    private static final class FragileJournal implements Journal {
        private final InMemoryJournal sound = new InMemoryJournal();
        volatile @Nullable Throwable failure;
        volatile String full = "";

        @Override
        public String full() {
            return full;
        }

        @Override
        public long append(Entry entry) {
            return sound.append(entry);
        }

        @Override
        public void force() throws IOException {
            if (failure instanceof IOException broken) {
                throw broken;
            }
            if (failure instanceof Error broken) {
                throw broken;
            }
            sound.force();
        }

        @Override
        public long forcedOffset() {
            return sound.forcedOffset();
        }

        @Override
        public int read(long offset, int max, long waitMillis, List<Entry> into) throws InterruptedException {
            return sound.read(offset, max, waitMillis, into);
        }

        @Override
        public void applied(long offset) {
            sound.applied(offset);
        }

        @Override
        public long unappliedBytes() {
            return sound.unappliedBytes();
        }

        @Override
        public void wakeReader() {
            sound.wakeReader();
        }

        @Override
        public void close() {
            sound.close();
        }
    }
}
