/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.call;

import io.tocsin.collector.partition.Partition;
import io.tocsin.collector.partition.Partitions;
import io.tocsin.collector.partition.RecordingStatus;
import java.util.List;

/** Finds the partition that a call means. */
public final class Scopes {
    public static final int MAX_RECORDING_NAME = 128;

    private Scopes() {}

    /** The live partition if {@code recording} is empty; throws NOT_FOUND naming those there are. */
    public static Partition find(Partitions partitions, String tenant, String recording) {
        if (recording.isEmpty()) {
            return partitions.live(tenant);
        }
        return partitions
                .recording(tenant, recording)
                .orElseThrow(() -> CallErrors.notFound("recording", recording, recordings(partitions, tenant)));
    }

    /** Names of the tenant's recordings, newest first. */
    public static List<String> recordings(Partitions partitions, String tenant) {
        return partitions.recordings(tenant).stream()
                .flatMap(p -> p.recording().stream())
                .map(RecordingStatus::name)
                .toList();
    }

    /** Throws INVALID_ARGUMENT if no recording may have that name. */
    public static void checkRecordingName(String field, String name) {
        if (name.isBlank() || name.length() > MAX_RECORDING_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw CallErrors.invalid(
                    field,
                    "must be 1 to " + MAX_RECORDING_NAME + " characters without control characters, was "
                            + name.length() + " characters");
        }
    }
}
