/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import io.tocsin.collector.journal.Entry;
import java.io.IOException;

/** Tells when a segment was begun, by the first tick in it: a group ends with one, and a segment begins with a group. */
final class SegmentAge {
    private SegmentAge() {}

    /** Whether it was begun by this engine time; false if that cannot be read. */
    static boolean beganBy(long millis, Segment segment, SegmentFolder folder) throws IOException {
        if (segment.firstTickMillis() == 0) {
            segment.firstTickMillis(read(segment, folder));
        }
        return segment.firstTickMillis() <= millis;
    }

    private static long read(Segment segment, SegmentFolder folder) throws IOException {
        try (SegmentFile file = folder.open(segment.name())) {
            FrameReader frames = new FrameReader(file, segment.epoch(), SegmentHeader.BYTES, segment.endPosition());
            long offset = segment.firstOffset();
            while (frames.next(offset)) {
                if (frames.entry() instanceof Entry.Tick tick) {
                    return tick.engineMillis();
                }
                offset = frames.offset() + 1;
            }
            return Long.MAX_VALUE;
        }
    }
}
