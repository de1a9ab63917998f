/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.detection;

/** What detection did since it began. Confined to the partition's thread. */
public final class DetectionCounts {
    long windows;
    long failures;
    long unwatchedGroups;

    /** Windows given to detectors. */
    public long windows() {
        return windows;
    }

    /** Calls that threw. */
    public long failures() {
        return failures;
    }

    /** Groups beyond {@code detection.max-groups-per-rule}. */
    public long unwatchedGroups() {
        return unwatchedGroups;
    }
}
