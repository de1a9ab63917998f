/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Knows whether the disk has room for batches, and keeps a file in reserve for what must go on without. Heals by itself: that a new reserve could be
 * written is the proof that there is room again.
 *
 * <p>Confined to the writer's thread, {@link #full} excepted.
 */
final class DiskRoom {
    static final String RESERVE = "reserve";

    private static final System.Logger LOG = System.getLogger(DiskRoom.class.getName());
    private static final int BLOCK_BYTES = 1 << 20;
    /** So that the answer does not change with each batch: what there must be, divided by this, on top. */
    private static final int HYSTERESIS_DIVISOR = 8;

    private final SegmentFolder folder;
    private final SegmentLogSettings settings;
    private boolean hasReserve;
    private long nextTryNanos;
    private volatile String full = "";

    DiskRoom(SegmentFolder folder, SegmentLogSettings settings) throws IOException {
        this.folder = folder;
        this.settings = settings;
        if (folder.names().contains(RESERVE)) {
            try (SegmentFile file = folder.open(RESERVE)) {
                hasReserve = file.sizeBytes() >= settings.reserveBytes();
            }
        }
        if (!hasReserve) {
            makeReserve();
        }
        nextTryNanos = System.nanoTime();
    }

    /** Why no batches are taken now; empty while they are. Thread-safe. */
    String full() {
        return full;
    }

    /** Before each group. Returns whether the reserve, which had been used, is there again: a file of its own should follow. */
    boolean look() throws IOException {
        if (!hasReserve) {
            if (System.nanoTime() - nextTryNanos < 0) {
                return false;
            }
            nextTryNanos = System.nanoTime() + settings.retryNanos();
            if (folder.usableBytes() < settings.minFreeBytes() + settings.reserveBytes() || !makeReserve()) {
                return false;
            }
            enough();
            return true;
        }
        long usable = folder.usableBytes();
        if (usable < settings.minFreeBytes()) {
            missing("the disk of " + folder.show("") + " has " + usable + " bytes free, and must have "
                    + settings.minFreeBytes());
        } else if (usable >= settings.minFreeBytes() + settings.minFreeBytes() / HYSTERESIS_DIVISOR) {
            enough();
        }
        return false;
    }

    /** The disk takes no more. Gives the reserve away, if it is there. */
    Optional<SegmentFile> takeReserve(IOException cause) throws IOException {
        missing("the disk of " + folder.show("") + " takes no more: " + cause.getMessage());
        if (!hasReserve) {
            return Optional.empty();
        }
        hasReserve = false;
        return Optional.of(folder.open(RESERVE));
    }

    private boolean makeReserve() {
        try {
            try (SegmentFile file = folder.create(RESERVE)) {
                ByteBuffer zeros = ByteBuffer.allocate(Math.min(BLOCK_BYTES, settings.reserveBytes()));
                for (long at = 0; at < settings.reserveBytes(); at += zeros.limit()) {
                    zeros.clear().limit((int) Math.min(zeros.capacity(), settings.reserveBytes() - at));
                    file.write(zeros, at);
                }
                file.force();
            }
            folder.force();
            hasReserve = true;
        } catch (IOException e) {
            missing("the disk of " + folder.show("") + " has no room for the " + settings.reserveBytes()
                    + " bytes kept in reserve: " + e.getMessage());
            deleteHalf();
        }
        return hasReserve;
    }

    private void deleteHalf() {
        try {
            folder.delete(RESERVE);
        } catch (IOException e) {
            LOG.log(WARNING, folder.show(RESERVE) + " could not be deleted", e);
        }
    }

    private void missing(String why) {
        if (full.isEmpty()) {
            LOG.log(WARNING, why + "; no batches are taken until there is room");
        }
        full = why;
    }

    private void enough() {
        if (!full.isEmpty()) {
            LOG.log(INFO, "there is room on the disk of " + folder.show("") + " again; batches are taken");
        }
        full = "";
    }
}
