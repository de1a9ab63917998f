/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.ingest;

import com.google.protobuf.CodedInputStream;
import io.tocsin.v1.Batch;
import java.io.IOException;
import java.util.OptionalLong;

/** Finds the sequence of a batch that cannot be read as a whole. */
final class SequenceOfBatch {
    private static final int TAG = Batch.SEQUENCE_FIELD_NUMBER << 3;

    private SequenceOfBatch() {}

    /** Empty unless a sequence of 1 or more comes before whatever is broken. */
    static OptionalLong find(byte[] bytes) {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == TAG) {
                    long sequence = in.readUInt64();
                    return sequence > 0 ? OptionalLong.of(sequence) : OptionalLong.empty();
                }
                if (!in.skipField(tag)) {
                    return OptionalLong.empty();
                }
            }
        } catch (IOException e) {
            // broken before it came
        }
        return OptionalLong.empty();
    }
}
