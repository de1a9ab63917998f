/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.checkpoint.StateImage;
import io.tocsin.collector.checkpoint.StateImages;
import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenBeforeTest {
    private static final JournalSettings FEW_ANSWERS = new JournalSettings(
            1 << 20, 1 << 20, Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofSeconds(100), 8);

    private static WrittenBefore fresh() {
        return new WrittenBefore(0, FEW_ANSWERS);
    }

    private static StateImage saved(WrittenBefore written) {
        StateImage image = new StateImage();
        StateWriter out = new StateWriter(image);
        written.save(out);
        out.end();
        return image;
    }

    private static WrittenBefore restored(StateImage image) throws IOException {
        WrittenBefore written = fresh();
        written.restore(new StateReader(image));
        return written;
    }

    /** Producers of three epochs that number their batches with gaps, say Goodbye, are lost and come back. */
    private static List<Entry> entries(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Entry> entries = new ArrayList<>();
        long[] sequences = new long[12];
        for (int i = 0; i < 1_000; i++) {
            int who = random.nextInt(sequences.length);
            ProducerKey producer = new ProducerKey("t" + who % 2, "p" + who % 4, who % 3);
            switch (random.nextInt(8)) {
                case 0 -> entries.add(new Entry.Tick(1_000L * i));
                case 1 ->
                    entries.add(new Entry.LivenessChanged(producer, Liveness.values()[random.nextInt(3)], 1_000L * i));
                case 2 ->
                    entries.add(new Entry.Definitions(
                            producer,
                            List.of(new SeriesDefinition(
                                    i, new SeriesKey("m", SeriesKind.GAUGE, Attributes.of("a", "b" + i % 9)))),
                            List.of(new ErrorTypeDefinition(1 + i, "e"))));
                default -> {
                    sequences[who] += random.nextInt(20) == 0 ? 2 : 1;
                    List<RejectedRecord> rejections = random.nextInt(4) == 0
                            ? List.of(new RejectedRecord(i, RejectedRecord.Reason.BAD_VALUE, "why " + i))
                            : List.of();
                    entries.add(new Entry.Batch(
                            producer,
                            sequences[who],
                            BatchForm.STREAM,
                            new byte[i % 50],
                            new int[0],
                            0,
                            1_000L * i,
                            new Entry.Claim(producer, random.nextLong(), rejections)));
                }
            }
        }
        return entries;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void goesOnAsIfItHadNeverStopped(long seed) throws IOException {
        List<Entry> entries = entries(seed);
        WrittenBefore live = fresh();
        WrittenBefore written = fresh();
        SplittableRandom random = new SplittableRandom(-seed);
        for (int i = 0; i < entries.size(); i++) {
            live.read(i + 1, entries.get(i));
            written.read(i + 1, entries.get(i));
            if (random.nextInt(100) == 0) {
                written = restored(saved(written));
            }
        }
        assertThat(StateImages.bytes(saved(written))).isEqualTo(StateImages.bytes(saved(live)));
        assertThat(written.interruption(2_000_000)).isEqualTo(live.interruption(2_000_000));
        assertThat(written.takeDefinitions()).isEqualTo(live.takeDefinitions()).isNotEmpty();
        assertThat(written.tenants()).isEqualTo(live.tenants());
        for (Entry entry : entries) {
            if (entry instanceof Entry.Batch batch) {
                ProducerKey key = batch.claim().key();
                long sequence = batch.sequence();
                assertThat(written.ledgers().acceptedThrough(key))
                        .isEqualTo(live.ledgers().acceptedThrough(key));
                assertThat(written.ledgers().fencedBy(key))
                        .isEqualTo(live.ledgers().fencedBy(key));
                assertThat(written.ledgers().of(key).answer(sequence))
                        .isEqualTo(live.ledgers().of(key).answer(sequence));
                assertThat(written.ledgers().of(key).standing(sequence, 1, 1))
                        .isEqualTo(live.ledgers().of(key).standing(sequence, 1, 1));
            }
        }
    }

    @Test
    void whoIsLostForLongIsNotTakenForInterruptedAgain() {
        WrittenBefore written = fresh();
        ProducerKey producer = new ProducerKey("t", "p", 1);
        written.read(1, new Entry.LivenessChanged(producer, Liveness.LOST, 1_000));
        written.read(2, new Entry.Tick(61_000));
        assertThat(written.interruption(62_000)).isNotEmpty().anyMatch(Entry.LivenessChanged.class::isInstance);
        written.read(3, new Entry.Tick(161_000));
        assertThat(written.interruption(162_000)).noneMatch(Entry.LivenessChanged.class::isInstance);
    }
}
