/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one incarnation on disk, oldest first: handed out once, kept until they are answered, dropped by whole files from the oldest on. Confined to
 * the sender's thread.
 */
final class SegmentQueue {
    private final ArrayDeque<Segment> segments = new ArrayDeque<>();
    private long handedOutThrough;
    private long droppedThrough;
    private long waitingRows;
    private long bytes;
    private long unreadableRows;
    private long unreadableBatches;

    private @Nullable FrameReader reader;
    private @Nullable Segment readerOf;
    private long readerFrom;
    private boolean readerGaveAny;

    /** @param handedOutThrough of a former life: what it knew to be answered */
    SegmentQueue(long handedOutThrough) {
        this.handedOutThrough = handedOutThrough;
    }

    void add(Segment segment) {
        segments.add(segment);
        waitingRows += segment.waitingRows;
        bytes += segment.bytes;
    }

    /** A batch was written to the newest segment, to be handed out later. */
    void appended(Segment newest, long newLength, SpilledBatch batch, long nowNanos) {
        extend(newest, newLength, batch, nowNanos);
        newest.waitingBatches++;
        newest.waitingRows += batch.rows();
        waitingRows += batch.rows();
    }

    /** A batch was written that its sender has at hand; none waits before it. */
    void appendedHandedOut(Segment newest, long newLength, SpilledBatch batch, long nowNanos) {
        extend(newest, newLength, batch, nowNanos);
        newest.readTo = newLength;
        handedOutThrough = batch.sequence();
    }

    private void extend(Segment newest, long newLength, SpilledBatch batch, long nowNanos) {
        bytes += newLength - newest.bytes;
        newest.bytes = newLength;
        newest.lastSequence = batch.sequence();
        newest.newestNanos = nowNanos;
    }

    boolean hasWaiting() {
        return firstWaiting() != null;
    }

    private @Nullable Segment firstWaiting() {
        for (Segment segment : segments) {
            if (!segment.isHandedOut()) {
                return segment;
            }
        }
        return null;
    }

    /** Hands the next one out; null if none can be. What was there once and cannot be read any more is counted. */
    @Nullable
    SpilledBatch next() {
        for (Segment segment = firstWaiting(); segment != null; segment = firstWaiting()) {
            try {
                SpilledBatch batch = nextOf(segment);
                if (batch != null) {
                    return batch;
                }
            } catch (IOException e) {
                giveUp(segment);
            }
        }
        return null;
    }

    private @Nullable SpilledBatch nextOf(Segment segment) throws IOException {
        FrameReader from = reader;
        if (from == null || readerOf != segment) {
            from = FrameReader.of(segment.path, segment.readTo, segment.bytes);
            reader = from;
            readerOf = segment;
            readerFrom = segment.readTo;
            readerGaveAny = false;
        }
        while (from.next()) {
            if (from.type() != Frame.BATCH) {
                continue;
            }
            ByteBuffer content = from.content();
            BatchFrame frame = BatchFrame.read(content);
            segment.readTo = readerFrom + from.end();
            if (frame.sequence() <= handedOutThrough) {
                continue; // answered in a former life
            }
            readerGaveAny = true;
            segment.waitingBatches--;
            segment.waitingRows -= frame.rows();
            waitingRows -= frame.rows();
            handedOutThrough = frame.sequence();
            if (segment.isHandedOut()) {
                reader = null;
            }
            return new SpilledBatch(frame.sequence(), frame.rows(), BatchFrame.rest(content));
        }
        reader = null;
        if (!readerGaveAny) {
            giveUp(segment); // what was counted in it cannot be read any more
        }
        return null;
    }

    private void giveUp(Segment segment) {
        unreadableRows += segment.waitingRows;
        unreadableBatches += segment.waitingBatches;
        waitingRows -= segment.waitingRows;
        handedOutThrough = Math.max(handedOutThrough, segment.lastSequence);
        segment.skipToEnd();
        reader = null;
    }

    /** Every batch up to this was handed out, or is gone. */
    long handedOutThrough() {
        return handedOutThrough;
    }

    /** Batches up to this are not on disk any more. */
    long droppedThrough() {
        return droppedThrough;
    }

    /** Removes files all of whose batches are answered; not the one that is written to. */
    void answered(long through) {
        while (segments.size() > 1) {
            Segment oldest = segments.element();
            if (!oldest.isHandedOut() || oldest.lastSequence > through) {
                return;
            }
            remove(segments.remove());
        }
    }

    /** The file that {@link #dropOldest} would drop; null if none has batches that wait. */
    @Nullable
    Segment nextToDrop() {
        return firstWaiting();
    }

    /** Drops the oldest file with batches that wait, and all before it; returns how many records that costs. */
    long dropOldest() {
        Segment oldest = firstWaiting();
        if (oldest == null) {
            return 0;
        }
        while (segments.element() != oldest) {
            remove(segments.remove());
        }
        segments.remove();
        long rows = oldest.waitingRows;
        waitingRows -= rows;
        handedOutThrough = Math.max(handedOutThrough, oldest.lastSequence);
        droppedThrough = Math.max(droppedThrough, oldest.lastSequence);
        remove(oldest);
        return rows;
    }

    private void remove(Segment segment) {
        bytes -= segment.bytes;
        if (readerOf == segment) {
            readerOf = null;
            reader = null;
        }
        try {
            Files.deleteIfExists(segment.path);
        } catch (IOException e) {
            // goes with the directory, or is answered as "already accepted" by and by
        }
    }

    long waitingRows() {
        return waitingRows;
    }

    long bytes() {
        return bytes;
    }

    long unreadableRows() {
        return unreadableRows;
    }

    long unreadableBatches() {
        return unreadableBatches;
    }
}
