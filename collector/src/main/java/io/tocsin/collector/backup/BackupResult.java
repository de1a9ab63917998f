/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backup;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A backup that is whole.
 *
 * @param takenMillis when it began
 * @param tookMillis how long it took
 * @param bytes of all its files
 * @param copiedBytes of those that take room of their own; the others share theirs with the data directory, as long as that has them
 * @param through by partition, the last entry that is in it at least
 */
public record BackupResult(
        Path folder,
        long takenMillis,
        long tookMillis,
        long bytes,
        long copiedBytes,
        SortedMap<Integer, Long> through) {
    public BackupResult {
        through = Collections.unmodifiableSortedMap(new TreeMap<>(through));
    }
}
