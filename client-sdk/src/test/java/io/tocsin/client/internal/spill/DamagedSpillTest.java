/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.client.Attributes;
import io.tocsin.client.internal.catalog.Catalog;
import io.tocsin.v1.SeriesKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a former life left is cut, flipped and removed: all else is handed out as it was written, and what is missing is counted. */
class DamagedSpillTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int BATCHES = 60;
    private static final int FLIPS = 300;

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong(1);
    private final List<String> reports = new ArrayList<>();
    private final List<SpilledBatch> written = new ArrayList<>();
    private Path original;

    private Spill open(Path directory, String producer) {
        Catalog catalog = new Catalog();
        catalog.define("calls", Attributes.of("series", "a"), SeriesKind.SERIES_KIND_OUTCOME);
        Spill spill = new Spill(
                new SpillSettings(directory, 1 << 20, Duration.ofHours(1), false, false),
                new Identity(producer, 1, ""),
                catalog,
                InstantSource.fixed(NOW),
                nanos::get,
                reports::add);
        spill.open();
        return spill;
    }

    /** Three files of batches whose bytes are random. */
    @BeforeEach
    void writeALife() {
        original = folder.resolve("original");
        SplittableRandom random = new SplittableRandom(1);
        Spill spill = open(original, "former");
        for (int sequence = 1; sequence <= BATCHES; sequence++) {
            byte[] bytes = new byte[1_200 + random.nextInt(2_000)];
            random.nextBytes(bytes);
            SpilledBatch batch = new SpilledBatch(sequence, 1 + sequence % 7, bytes);
            assertThat(spill.append(batch, false)).isTrue();
            written.add(batch);
        }
        spill.close(true);
    }

    /** The directory of a life in a fresh copy of all. */
    private Path copyOfLife(String name) throws IOException {
        Path from = onlyLife(original);
        Path to = Files.createDirectories(folder.resolve(name).resolve(from.getFileName()));
        for (Path file : files(from)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
        return to;
    }

    private static Path onlyLife(Path directory) throws IOException {
        List<Path> all = files(directory);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.sorted().toList();
        }
    }

    private static List<Path> segments(Path life) throws IOException {
        return files(life).stream()
                .filter(file -> Segment.isName(file.getFileName().toString()))
                .toList();
    }

    /** All that is handed out; each as it was written, in order. */
    private List<Long> drain(Spill spill) {
        List<Long> sequences = new ArrayList<>();
        for (SpilledBatch batch = spill.next(); batch != null; batch = spill.next()) {
            SpilledBatch as = written.get((int) batch.sequence() - 1);
            assertThat(batch.rows()).isEqualTo(as.rows());
            assertThat(batch.bytes()).isEqualTo(as.bytes());
            sequences.add(batch.sequence());
        }
        assertThat(sequences).isSorted().doesNotHaveDuplicates();
        return sequences;
    }

    private long rows() {
        return written.stream().mapToLong(SpilledBatch::rows).sum();
    }

    private long rowsOf(List<Long> sequences) {
        return sequences.stream()
                .mapToLong(sequence -> written.get(sequence.intValue() - 1).rows())
                .sum();
    }

    private void deleteAll(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    @Test
    void aLifeThatIsWholeIsHandedOutWhole() throws Exception {
        assertThat(segments(onlyLife(original))).hasSizeGreaterThanOrEqualTo(2);
        Spill spill = open(original, "next");

        assertThat(spill.isDraining()).isTrue();
        assertThat(spill.identity().producer()).isEqualTo("former");
        assertThat(spill.definitions().seriesAt(0).getAttributes(0).getValue()).isEqualTo("a");
        assertThat(drain(spill)).hasSize(BATCHES);
        SpillCounts counts = spill.counts();
        assertThat(counts.restored()).isEqualTo(rows());
        assertThat(counts.damagedBatches() + counts.tornTails() + counts.unreadable() + counts.waiting())
                .isZero();
        assertThat(reports).isEmpty();
        spill.close(true);
    }

    @Test
    void aFileThatIsCutInItsLastBatchLosesThatBatchAlone() throws Exception {
        Path life = onlyLife(original);
        Path last = segments(life).get(segments(life).size() - 1);
        long length = Files.size(last);
        long lastFrame = Frame.HEAD_BYTES + 37 + written.get(BATCHES - 1).bytes().length;
        byte[] whole = Files.readAllBytes(last);
        // at every byte of what stands before the batch, then here and there
        for (long cut = length - lastFrame; cut < length; cut += cut < length - lastFrame + 50 ? 1 : 41) {
            Path copy = copyOfLife("cut");
            Files.write(copy.resolve(last.getFileName()), Arrays.copyOf(whole, (int) cut));
            reports.clear();
            Spill spill = open(copy.getParent(), "next");

            assertThat(drain(spill)).as("cut at %d of %d", cut, length).hasSize(BATCHES - 1);
            boolean torn = cut > length - lastFrame;
            assertThat(spill.counts().tornTails()).isEqualTo(torn ? 1 : 0);
            assertThat(spill.counts().damagedBatches()).isZero();
            assertThat(reports).hasSize(torn ? 1 : 0);
            spill.close(true);
            deleteAll(copy.getParent());
        }
    }

    @Test
    void aBitThatFlipsCostsOneBatchAtMostAndIsReported() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        List<Path> segments = segments(onlyLife(original));
        int lost = 0;
        for (int flip = 0; flip < FLIPS; flip++) {
            Path victim = segments.get(random.nextInt(segments.size()));
            Path copy = copyOfLife("flip");
            byte[] bytes = Files.readAllBytes(victim);
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(copy.resolve(victim.getFileName()), bytes);
            reports.clear();
            Spill spill = open(copy.getParent(), "next");

            List<Long> handedOut = drain(spill);
            SpillCounts counts = spill.counts();
            int missing = BATCHES - handedOut.size();
            assertThat(missing).as("flip %d at %d of %s", flip, at, victim).isBetween(0, 1);
            assertThat(counts.damagedBatches() + counts.tornTails()).isEqualTo(missing);
            assertThat(reports).hasSize(missing);
            if (missing == 1 && handedOut.contains((long) BATCHES)) {
                assertThat(counts.unreadable()).isEqualTo(rows() - rowsOf(handedOut));
                assertThat(counts.restored()).isEqualTo(rows());
            }
            lost += missing;
            spill.close(true);
            deleteAll(copy.getParent());
        }
        assertThat(lost).isGreaterThan(FLIPS / 2);
    }

    @Test
    void aFileThatIsMissingIsCountedByWhatItsNeighboursSay() throws Exception {
        Path copy = copyOfLife("missing");
        List<Path> segments = segments(copy);
        Files.delete(segments.get(1));
        Spill spill = open(copy.getParent(), "next");

        List<Long> handedOut = drain(spill);
        SpillCounts counts = spill.counts();
        if (segments.size() > 2) {
            assertThat(counts.damagedBatches()).isEqualTo(BATCHES - handedOut.size());
            assertThat(counts.unreadable()).isEqualTo(rows() - rowsOf(handedOut));
            assertThat(reports).hasSize(1);
        }
        assertThat(handedOut).contains(1L);
        spill.close(true);
    }

    @Test
    void whatIsOfALaterVersionIsLeftAlone() throws Exception {
        Path copy = copyOfLife("later");
        byte[] identity = IdentityFrame.write(new Identity("former", 1, ""));
        identity[4] = 2;
        Path segment = segments(copy).get(0);
        Files.write(segment, Frame.of(identity, new byte[0]));
        Spill spill = open(copy.getParent(), "next");

        assertThat(spill.isDraining()).isFalse();
        assertThat(segment).exists();
        assertThat(reports).singleElement().asString().contains("later version");
        spill.close(true);
    }

    @Test
    void onlyWhatIsNotAnsweredIsHandedOutAgain() throws Exception {
        Spill first = open(original, "second");
        assertThat(drain(first)).hasSize(BATCHES);
        first.answered(BATCHES - 2);
        first.close(true);
        Spill again = open(original, "third");

        assertThat(drain(again)).containsExactly((long) BATCHES - 1, (long) BATCHES);
        assertThat(again.counts().restored()).isEqualTo(rowsOf(List.of(BATCHES - 1L, (long) BATCHES)));
        again.answered(BATCHES);
        again.endFormer();
        assertThat(again.isDraining()).isFalse();
        again.close(true);
        assertThat(files(original)).isEmpty();
    }
}
