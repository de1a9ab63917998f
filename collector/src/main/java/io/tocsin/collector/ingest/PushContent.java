/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import com.google.protobuf.CodedOutputStream;
import io.tocsin.v1.PushRequest;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The content of a push in one fixed order: some languages write the same map differently each time. */
final class PushContent {
    private PushContent() {}

    static byte[] of(PushRequest request) {
        byte[] bytes = new byte[request.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            request.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }
}
