/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.grpc;

import io.tocsin.client.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a gRPC status means for an outcome. The README has the table; which codes are a server's fault follows OpenTelemetry's conventions for
 * RPC.
 *
 * @param errorType the code's name for failures, else null
 */
record CallEnd(Status status, @Nullable String errorType) {
    private static final CallEnd FINE = new CallEnd(Status.OK, null);
    private static final CallEnd CANCELLED = new CallEnd(Status.CANCELLED, null);

    /** As its caller sees it: whatever is not OK is a failure. */
    static CallEnd ofClient(io.grpc.Status.Code code) {
        return switch (code) {
            case OK -> FINE;
            case CANCELLED -> CANCELLED;
            case DEADLINE_EXCEEDED -> new CallEnd(Status.TIMED_OUT, code.name());
            default -> new CallEnd(Status.ERROR, code.name());
        };
    }

    /** As its server sees it: what only tells the caller of its own mistake is a success. */
    static CallEnd ofServer(io.grpc.Status.Code code) {
        return switch (code) {
            case UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS, CANCELLED ->
                ofClient(code);
            default -> FINE;
        };
    }
}
