/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** How a segment comes to have its bytes. */
public enum WriteForm {
    GROWING(false),
    /** Of its full length from the beginning, without blocks. */
    SPARSE(false),
    /** Zeros everywhere before the first group. */
    ZEROED(false),
    /** Over what an older segment left. */
    WRITTEN_OVER(false),
    DIRECT_GROWING(true),
    DIRECT_WRITTEN_OVER(true);

    private static final int PIECE_BYTES = 1 << 20;

    private final boolean direct;

    WriteForm(boolean direct) {
        this.direct = direct;
    }

    /** Past the page cache, in whole blocks. */
    boolean isDirect() {
        return direct;
    }

    /** What must be there before anything is measured. */
    void before(Path file, int segmentBytes) throws IOException {
        if (this == WRITTEN_OVER || this == DIRECT_WRITTEN_OVER) {
            fill(file, segmentBytes, (byte) 0x5a);
        }
    }

    /** Opens a segment, and does what its form asks for then. */
    FileChannel open(Path file, int segmentBytes) throws IOException {
        if (this == ZEROED) {
            fill(file, segmentBytes, (byte) 0);
        }
        FileChannel channel = direct
                ? FileChannel.open(file, CREATE, WRITE, ExtendedOpenOption.DIRECT)
                : FileChannel.open(file, CREATE, WRITE);
        if (this == SPARSE) {
            channel.write(ByteBuffer.allocate(1), segmentBytes - 1L);
            channel.force(true);
        }
        return channel;
    }

    private static void fill(Path file, int segmentBytes, byte with) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        java.util.Arrays.fill(piece, with);
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
            for (long at = 0; at < segmentBytes; at += PIECE_BYTES) {
                channel.write(ByteBuffer.wrap(piece), at);
            }
            channel.force(true);
        }
    }
}
