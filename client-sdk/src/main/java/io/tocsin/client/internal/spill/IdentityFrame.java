/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An identity as the first frame of a file, with the version of the format. */
final class IdentityFrame {
    static final int VERSION = 1;

    private IdentityFrame() {}

    static byte[] write(Identity identity) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(Frame.IDENTITY);
        out.writeInt(VERSION);
        out.writeUTF(identity.producer());
        out.writeLong(identity.epoch());
        out.writeUTF(identity.recording());
        return bytes.toByteArray();
    }

    static int version(ByteBuffer content) {
        return content.getInt(0);
    }

    static Identity read(ByteBuffer content) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(BatchFrame.rest(content)))) {
            in.readInt();
            return new Identity(in.readUTF(), in.readLong(), in.readUTF());
        }
    }
}
