/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
    @TempDir
    Path path;

    private final List<String> told = new ArrayList<>();

    private CheckpointFolder open() throws IOException {
        return CheckpointFolder.open(path);
    }

    private void write(long offset) throws IOException {
        StateImage image = new StateImage();
        StateWriter out = new StateWriter(image);
        out.section("state", 1);
        out.writeLong(offset);
        out.end();
        open().write(new CheckpointHeader(0, offset, offset * 10, "test"), image);
    }

    private Optional<Long> newest() throws IOException {
        return open().newest(header -> true, told::add)
                .map(found -> found.header().offset());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            return all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    private void damage(long offset) throws IOException {
        Path file = path.resolve(String.format("%019d.checkpoint", offset));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);
    }

    @Test
    void hasNoneAtFirst() throws IOException {
        assertThat(newest()).isEmpty();
        assertThat(open().neededAfter()).isZero();
    }

    @Test
    void theNewestTwoAreNeeded() throws IOException {
        write(5);
        assertThat(open().neededAfter()).as("one may be damaged").isZero();
        write(20);
        write(100);
        assertThat(newest()).contains(100L);
        assertThat(open().neededAfter()).isEqualTo(20);
    }

    private List<Long> offsets() throws IOException {
        return names().stream()
                .map(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
                .toList();
    }

    @Test
    void eightOlderOnesAreSpreadOverThePast() throws IOException {
        for (long offset = 100; offset <= 100_000; offset += 100) {
            write(offset);
        }
        List<Long> offsets = offsets();
        assertThat(offsets).hasSize(10).startsWith(100L).endsWith(99_900L, 100_000L);
        for (int i = 1; i < 9; i++) {
            assertThat(offsets.get(i) - offsets.get(i - 1))
                    .as("%d of %s", i, offsets)
                    .isBetween(100_000L / 32, 100_000L / 4);
        }
    }

    @Test
    void olderOnesThatNothingCanGoOnFromAreForgotten() throws IOException {
        for (long offset : List.of(5, 20, 100, 101, 102)) {
            write(offset);
        }
        open().forgetBefore(21);
        assertThat(offsets()).as("the entry after 20 is there").containsExactly(20L, 100L, 101L, 102L);
        open().forgetBefore(1_000);
        assertThat(offsets()).as("a start needs the newest two").containsExactly(101L, 102L);
    }

    @Test
    void theOldestSoundOneOfATimeIsFound() throws IOException {
        for (long offset : List.of(5, 20, 100, 101, 102)) {
            write(offset);
        }
        assertThat(CheckpointFolder.oldest(path, 6).map(found -> found.header().offset()))
                .contains(20L);
        damage(20);
        assertThat(CheckpointFolder.oldest(path, 6).map(found -> found.header().offset()))
                .contains(100L);
        assertThat(CheckpointFolder.oldest(path, 103)).isEmpty();
        assertThat(CheckpointFolder.oldest(path.resolve("none"), 0)).isEmpty();
    }

    @Test
    void fallsBackToTheOlderOneAndSaysSo() throws IOException {
        write(5);
        write(20);
        damage(20);
        assertThat(newest()).contains(5L);
        assertThat(told).singleElement().asString().contains("0000000000000000020.checkpoint");
        assertThat(open().neededAfter()).as("one that is left may be damaged").isZero();

        damage(5);
        assertThat(newest()).isEmpty();
        assertThat(told).hasSize(2);
        assertThat(names()).as("one is kept to look at").containsExactly("0000000000000000005.checkpoint.damaged");
    }

    @Test
    void passesOverOneThatWouldNotDo() throws IOException {
        write(5);
        write(20);
        assertThat(open().newest(header -> header.offset() < 10, told::add))
                .hasValueSatisfying(
                        found -> assertThat(found.header().engineMillis()).isEqualTo(50));
        assertThat(told).isEmpty();
        assertThat(newest()).contains(20L);
    }

    @Test
    void whatWasNotFinishedIsNothing() throws IOException {
        write(5);
        Files.write(path.resolve("unfinished"), new byte[100]);
        assertThat(newest()).contains(5L);
        assertThat(names()).containsExactly("0000000000000000005.checkpoint");
    }
}
