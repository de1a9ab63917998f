/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
    private static final CheckpointHeader HEADER = new CheckpointHeader(3, 12_345, 1_700_000_000_000L, "1.2.3");

    @TempDir
    Path folder;

    private static StateImage image() {
        StateImage image = new StateImage();
        StateWriter out = new StateWriter(image);
        out.section("first", 1);
        out.writeText("hello");
        out.writeText("hello");
        out.section("second", 7);
        out.writeDouble(Math.PI);
        out.section("empty", 1);
        out.end();
        return image;
    }

    private Path written(StateImage image) throws IOException {
        Path file = folder.resolve("checkpoint");
        assertThat(CheckpointFile.write(file, HEADER, image)).isEqualTo(Files.size(file));
        return file;
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        Checkpoint read = CheckpointFile.read(written(image()));
        assertThat(read.header()).isEqualTo(HEADER);
        assertThat(StateImages.bytes(read.state())).isEqualTo(StateImages.bytes(image()));
    }

    @Test
    void isReadAsItWasWrittenAcrossBlocks() throws IOException {
        StateImage image = new StateImage();
        StateWriter out = new StateWriter(image);
        out.section("long", 1);
        for (long number = 0; number < 700_000; number++) {
            out.writeLong(number);
            out.writeNumber(-number);
        }
        out.section("behind", 1);
        out.writeText("end");
        out.end();
        assertThat(image.bytes()).isGreaterThan(5L * StateImage.BLOCK_BYTES);

        StateReader in = new StateReader(CheckpointFile.read(written(image)).state());
        in.section("long", 1);
        for (long number = 0; number < 700_000; number++) {
            assertThat(in.readLong()).isEqualTo(number);
            assertThat(in.readNumber()).isEqualTo(-number);
        }
        in.section("behind", 1);
        assertThat(in.readText()).isEqualTo("end");
    }

    @Test
    void everyFlippedBitIsNoticed() throws IOException {
        Path file = written(image());
        byte[] sound = Files.readAllBytes(file);
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] damaged = sound.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            assertThatThrownBy(() -> CheckpointFile.read(file))
                    .as("bit " + bit)
                    .isInstanceOf(DamagedCheckpointException.class);
        }
    }

    @Test
    void everyCutAndEveryFurtherByteIsNoticed() throws IOException {
        Path file = written(image());
        byte[] sound = Files.readAllBytes(file);
        for (int length = 0; length <= sound.length + 1; length++) {
            if (length != sound.length) {
                Files.write(file, Arrays.copyOf(sound, length));
                assertThatThrownBy(() -> CheckpointFile.read(file))
                        .as(length + " bytes")
                        .isInstanceOf(DamagedCheckpointException.class);
            }
        }
    }

    @Test
    void aSectionOfANewerVersionIsRefusedWithWhatToDo() throws IOException {
        StateReader in = new StateReader(CheckpointFile.read(written(image())).state());
        assertThatThrownBy(() -> in.section("second", 6))
                .isInstanceOf(NewerStateException.class)
                .hasMessageContaining("section second has version 7, this build reads versions up to 6")
                .hasMessageContaining("start the build that wrote it");
    }
}
