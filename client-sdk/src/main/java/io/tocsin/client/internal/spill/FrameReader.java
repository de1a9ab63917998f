/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the frames of a file, or of a part of it. What cannot be read is skipped up to the next sound frame, so that damage costs what it hit. Not
 * thread-safe.
 */
final class FrameReader {
    /** No file of ours is longer: the definitions of a million series. */
    private static final long MAX_BYTES = 512 << 20;

    private final byte[] bytes;
    private final ByteBuffer buffer;
    private int at;
    private int contentStart;
    private int contentLength;
    private int end;
    private int damagedPlaces;

    FrameReader(byte[] bytes) {
        this.bytes = bytes;
        this.buffer = ByteBuffer.wrap(bytes);
    }

    static FrameReader whole(Path path) throws IOException {
        return of(path, 0, Files.size(path));
    }

    /** Of the bytes from one offset to another. */
    static FrameReader of(Path path, long from, long to) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (to - from > MAX_BYTES) {
                throw new IOException(
                        path + " must have at most " + MAX_BYTES + " bytes to be read, has " + (to - from));
            }
            byte[] bytes = new byte[(int) Math.max(0, to - from)];
            file.seek(from);
            file.readFully(bytes);
            return new FrameReader(bytes);
        } catch (EOFException e) {
            throw new IOException(path + " is shorter than the " + to + " bytes that were written", e);
        }
    }

    /** Goes to the next sound frame; false if there is none. */
    boolean next() {
        while (at + Frame.HEAD_BYTES <= bytes.length) {
            if (isSound(at)) {
                damagedPlaces += at > end ? 1 : 0;
                contentStart = at + Frame.HEAD_BYTES;
                contentLength = buffer.getInt(at + 4);
                at = contentStart + contentLength;
                end = at;
                return true;
            }
            at++;
        }
        at = bytes.length;
        return false;
    }

    private boolean isSound(int start) {
        if (buffer.getInt(start) != Frame.MARKER) {
            return false;
        }
        int length = buffer.getInt(start + 4);
        return length >= 1
                && length <= bytes.length - start - Frame.HEAD_BYTES
                && buffer.getInt(start + 8) == Frame.crc(bytes, start + Frame.HEAD_BYTES, length);
    }

    byte type() {
        return bytes[contentStart];
    }

    /** What follows the type. */
    ByteBuffer content() {
        return buffer.slice(contentStart + 1, contentLength - 1);
    }

    /** Of the last sound frame. */
    int end() {
        return end;
    }

    /** Places that could not be read, before the last sound frame. */
    int damagedPlaces() {
        return damagedPlaces;
    }

    /** Whether something follows the last sound frame. */
    boolean hasUnreadableEnd() {
        return end < bytes.length;
    }

    /** Whether that is the beginning of a frame of which the rest is missing, rather than a whole one that is wrong. */
    boolean isTornAtEnd() {
        int rest = bytes.length - end;
        if (rest < Frame.HEAD_BYTES) {
            return rest > 0;
        }
        return buffer.getInt(end) == Frame.MARKER && buffer.getInt(end + 4) > rest - Frame.HEAD_BYTES;
    }
}
