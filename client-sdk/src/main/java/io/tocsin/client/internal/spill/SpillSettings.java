/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where batches are kept, and how many.
 *
 * @param directory may be shared by clients and processes; each has a directory of its own in it
 * @param maxBytes of all that one client holds, taken over from others included
 * @param maxAge older ones are dropped, by whole files
 * @param forced whether each batch is forced to the disk before it is sent
 * @param dropOldest at {@code maxBytes}: whether the oldest go; else nothing more is taken
 */
public record SpillSettings(Path directory, long maxBytes, Duration maxAge, boolean forced, boolean dropOldest) {
    private static final long SMALLEST_SEGMENT = 16 << 10;
    private static final long LARGEST_SEGMENT = 4 << 20;

    /** A file takes no more batches from this length on; what is dropped goes in whole files. */
    long segmentBytes() {
        return Math.max(SMALLEST_SEGMENT, Math.min(LARGEST_SEGMENT, maxBytes / 16));
    }

    /** Nor from this age on. */
    long segmentNanos() {
        return Math.max(1, maxAge.toNanos() / 16);
    }
}
