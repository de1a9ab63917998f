/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

/**
 * What a client asks the tracing library of its host; {@link Builder#tracing} takes one, and the artifact
 * client-sdk-opentelemetry has one for OpenTelemetry. What it throws is logged once and means "no trace". Must be
 * thread-safe and quick: the current trace is asked for at every record.
 */
public interface Tracing {
    /**
     * First eight bytes, big-endian, of the W3C id of the trace that the calling thread works for; 0 in both halves if
     * there is none, or none that will be kept. Must not block or allocate.
     */
    long currentTraceHigh();

    /** Last eight bytes of the same id, asked for directly after the first. */
    long currentTraceLow();

    /**
     * A batch that holds records of traces has been made and will now be sent, and sent again until it is answered. On
     * the sender's thread, once for each such batch.
     */
    SendTrace batchMade(TracedBatch batch);

    /** A stream is about to be opened. On the sender's thread. */
    default SendTrace streamOpening(String endpoint) {
        return SendTrace.NONE;
    }
}
