/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import io.grpc.MethodDescriptor;
import io.tocsin.v1.IngestServiceGrpc;
import io.tocsin.v1.StreamResponse;

/**
 * {@code IngestService.Stream} with {@link StreamFrame} for its requests: the same method and the same bytes on the wire
 * as the generated one, and the same schema for reflection.
 */
public final class StreamMethod {
    private static final MethodDescriptor<StreamFrame, StreamResponse> DESCRIPTOR =
            IngestServiceGrpc.getStreamMethod().toBuilder(
                            new StreamFrameMarshaller(),
                            IngestServiceGrpc.getStreamMethod().getResponseMarshaller())
                    .build();

    private StreamMethod() {}

    public static MethodDescriptor<StreamFrame, StreamResponse> descriptor() {
        return DESCRIPTOR;
    }
}
