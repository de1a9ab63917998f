/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

/** A span of the sender: of one batch until it is answered, or of opening a stream. Used on the sender's thread only. */
public interface SendTrace {
    /** No span. */
    SendTrace NONE = new SendTrace() {
        @Override
        public byte[] context() {
            return new byte[0];
        }

        @Override
        public void ended(int timesSent, int rejected, String problem) {}
    };

    /**
     * Its W3C trace context: 16 bytes of trace id, 8 of span id, 1 of flags; empty for none. Asked for once: it becomes part
     * of the batch's bytes, which are the same whenever the batch is sent.
     */
    byte[] context();

    /**
     * It is over.
     *
     * @param timesSent how often it was handed to a connection, 0 or more
     * @param rejected records that the collector did not take
     * @param problem why it did not succeed; empty if it did
     */
    void ended(int timesSent, int rejected, String problem);
}
