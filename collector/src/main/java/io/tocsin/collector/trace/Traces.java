/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.trace;

/** Where stages tell what they work on. Nothing of it may change what they do: no method throws or blocks. Thread-safe. */
public interface Traces {
    /** Tells nobody; allocates nothing. */
    Traces NONE = new Traces() {
        @Override
        public BatchTrail streamed(String producer, long sequence, int bytes, int records, byte[] context) {
            return BatchTrail.NONE;
        }

        @Override
        public BatchTrail pushed(String producer, long sequence, int bytes, int records) {
            return BatchTrail.NONE;
        }

        @Override
        public EngineTrails engine(int partition) {
            return EngineTrails.NONE;
        }
    };

    /** No trace context. */
    byte[] NO_CONTEXT = {};

    /**
     * A batch of a stream has been read.
     *
     * @param context W3C trace context of its sender as in {@code Batch.trace_context}, or {@link #NO_CONTEXT}; read during the call only
     */
    BatchTrail streamed(String producer, long sequence, int bytes, int records, byte[] context);

    /** A push has been read, by the call that is current. */
    BatchTrail pushed(String producer, long sequence, int bytes, int records);

    /** The way through the engine of one partition. */
    EngineTrails engine(int partition);
}
