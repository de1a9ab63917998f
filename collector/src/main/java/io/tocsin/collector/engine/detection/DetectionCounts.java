/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

import io.tocsin.collector.checkpoint.StateReader;
import io.tocsin.collector.checkpoint.StateWriter;
import java.io.IOException;

/** What detection did since it began. Confined to the partition's thread. */
public final class DetectionCounts {
    long windows;
    long failures;
    long unwatchedGroups;
    /** Not saved, as the next ones: they tell of this process. */
    long statesNotSaved;

    long startedOver;

    void save(StateWriter out) {
        out.writeSize(windows);
        out.writeSize(failures);
        out.writeSize(unwatchedGroups);
    }

    void restore(StateReader in) throws IOException {
        windows = in.readSize();
        failures = in.readSize();
        unwatchedGroups = in.readSize();
    }

    /** Windows given to detectors. */
    public long windows() {
        return windows;
    }

    /** Calls that threw. */
    public long failures() {
        return failures;
    }

    /** States of detectors that could not be saved with a checkpoint. */
    public long statesNotSaved() {
        return statesNotSaved;
    }

    /** Detectors that could not go on with the state they had before a restart, and began anew. */
    public long startedOver() {
        return startedOver;
    }

    /** Groups beyond {@code detection.max-groups-per-rule}. */
    public long unwatchedGroups() {
        return unwatchedGroups;
    }
}
