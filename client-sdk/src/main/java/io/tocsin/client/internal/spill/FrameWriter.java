/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * Writes a file of frames, each by one write. A plain file rather than a channel: a host that interrupts the sender's thread would close a channel. Not
 * thread-safe.
 */
final class FrameWriter implements Closeable {
    private final RandomAccessFile file;
    private final boolean forced;
    private long length;

    /** Begins the file anew. */
    FrameWriter(Path path, boolean forced) throws IOException {
        this.forced = forced;
        file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength(0);
    }

    /** In the file, or forced, when this returns; when it throws, the file is as it was if that can be had. */
    void write(byte[] head, byte[] rest) throws IOException {
        byte[] frame = Frame.of(head, rest);
        try {
            file.seek(length);
            file.write(frame);
            if (forced) {
                file.getFD().sync();
            }
        } catch (IOException e) {
            cutBack(e);
            throw e;
        }
        length += frame.length;
    }

    private void cutBack(IOException cause) {
        try {
            file.setLength(length);
        } catch (IOException e) {
            // what is there reads as a torn tail, and the next frame is written over it
            cause.addSuppressed(e);
        }
    }

    long length() {
        return length;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
