/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

/** Hears of acknowledgements, for those who measure. */
@FunctionalInterface
public interface AckListener {
    /**
     * A batch is in the collector's journal. Called on the sender's thread, which does nothing else meanwhile; what it
     * throws is logged once and ignored.
     *
     * @param sequence number of the batch, 1 or more
     * @param records rows in it, rejected ones included
     * @param nanosSinceSent since the batch was first handed to the connection
     */
    void onAck(long sequence, int records, long nanosSinceSent);
}
