/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.trace;

/** The way of one batch, told step by step in the order of these methods, each by the thread that did the step. No method throws or blocks. */
public interface BatchTrail {
    /** Tells nobody. */
    BatchTrail NONE = new BatchTrail() {
        @Override
        public void handedOver(int rejected) {}

        @Override
        public void appended(int partition, long offset) {}

        @Override
        public void accepted(boolean alreadyAccepted) {}

        @Override
        public void failed(String reason) {}

        @Override
        public void applied() {}
    };

    /** Its records are checked; it now waits for the journal. */
    void handedOver(int rejected);

    /** It is in the journal, not yet forced. */
    void appended(int partition, long offset);

    /** It is forced, and so acknowledged. */
    void accepted(boolean alreadyAccepted);

    /** It was not taken. Nothing follows. */
    void failed(String reason);

    /** The engine is done with it; it began when {@link EngineTrails#applying} was asked for it. */
    void applied();
}
