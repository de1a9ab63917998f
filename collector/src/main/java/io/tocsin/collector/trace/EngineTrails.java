/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.trace;

import java.util.List;

/** What the thread that drives an engine tells about it; the engine itself knows nothing of traces. Confined to that thread. */
public interface EngineTrails {
    /** Tells nobody. */
    EngineTrails NONE = new EngineTrails() {
        @Override
        public BatchTrail applying(long offset) {
            return BatchTrail.NONE;
        }

        @Override
        public void alertChanged(
                String alertId, String rule, String state, String severity, List<String> exampleTraceIds) {}

        @Override
        public void close() {}
    };

    /** The entry at that offset is about to be applied. Its trail; {@link BatchTrail#NONE} for all that nobody follows. */
    BatchTrail applying(long offset);

    /** An event of an alert came out of the entry that is being applied. */
    void alertChanged(String alertId, String rule, String state, String severity, List<String> exampleTraceIds);

    /** The partition is gone. */
    void close();
}
