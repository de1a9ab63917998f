/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The form of the spill's files: frames, one after the other. A frame is {@value #MARKER} as a mark to find it by, the length of its content, CRC32C
 * of length and content (32 bits each), and the content, whose first byte says what it is.
 */
final class Frame {
    static final int MARKER = 0x53504C31;
    static final int HEAD_BYTES = 12;

    /** Producer, epoch, recording, and the format's version; the first of each file. */
    static final byte IDENTITY = 1;
    /** A {@code tocsin.v1.Definitions}. */
    static final byte DEFINITIONS = 2;
    /** See {@link BatchFrame}. */
    static final byte BATCH = 3;

    private Frame() {}

    /** Its content in two parts. */
    static byte[] of(byte[] head, byte[] rest) {
        int contentLength = head.length + rest.length;
        byte[] bytes = new byte[HEAD_BYTES + contentLength];
        System.arraycopy(head, 0, bytes, HEAD_BYTES, head.length);
        System.arraycopy(rest, 0, bytes, HEAD_BYTES + head.length, rest.length);
        ByteBuffer.wrap(bytes).putInt(0, MARKER).putInt(4, contentLength);
        ByteBuffer.wrap(bytes).putInt(8, crc(bytes, HEAD_BYTES, contentLength));
        return bytes;
    }

    /** Of the length, which stands at {@code start - 8}, and the content. */
    static int crc(byte[] bytes, int start, int contentLength) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start - 8, 4);
        crc.update(bytes, start, contentLength);
        return (int) crc.getValue();
    }
}
