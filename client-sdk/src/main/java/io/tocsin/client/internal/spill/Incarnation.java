/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import io.tocsin.client.internal.catalog.DefinitionSource;
import java.io.IOException;

/** One life of a client, on disk: who it was, what its ids mean, its batches, and how far they are answered. Confined to the sender's thread. */
final class Incarnation {
    static final String MARK = "answered";

    final Identity identity;
    final DefinitionSource definitions;
    final SegmentQueue batches;
    final HeldDirectory home;
    private final AnswerMark mark;

    Incarnation(
            Identity identity,
            DefinitionSource definitions,
            SegmentQueue batches,
            HeldDirectory home,
            AnswerMark mark) {
        this.identity = identity;
        this.definitions = definitions;
        this.batches = batches;
        this.home = home;
        this.mark = mark;
    }

    /** All up to that sequence is answered, and need not be kept. */
    void answered(long through) throws IOException {
        if (through > mark.through()) {
            mark.write(through);
            batches.answered(through);
        }
    }

    /** Keeps what is on disk for a later start. */
    void letGo() {
        closeMark();
        home.letGo();
    }

    void delete() {
        closeMark();
        home.delete();
    }

    private void closeMark() {
        try {
            mark.close();
        } catch (IOException e) {
            // it was written through
        }
    }
}
