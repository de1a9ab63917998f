/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import io.grpc.Status;
import io.tocsin.v1.StreamResponse;

/** Something that happened to a stream, on its way to the sender's thread. */
sealed interface StreamEvent {
    /** To which stream; what happened to a former one no longer matters. */
    IngestStream stream();

    /** More can be sent. */
    record Ready(IngestStream stream) implements StreamEvent {}

    /** The collector says something. */
    record Answer(IngestStream stream, StreamResponse response) implements StreamEvent {}

    /**
     * The stream is over.
     *
     * @param retryAfterNanos how long the collector asks to stay away; 0 if it does not say
     */
    record Ended(IngestStream stream, Status status, long retryAfterNanos) implements StreamEvent {}
}
