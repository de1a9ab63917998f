/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import io.tocsin.collector.journal.Entry;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes groups at the end of a log: begins files, removes old ones. Confined to the writer's thread. */
final class SegmentWriter {
    private static final String SPARE = "spare-";

    private final SegmentFolder folder;
    private final SegmentLogSettings settings;
    private final DurableMark mark;
    private final Consumer<Segment> begun;
    private final SecureRandom random = new SecureRandom();
    private final FrameGroup group = new FrameGroup();
    private final List<long[]> places = new ArrayList<>();
    private @Nullable Segment segment;
    private @Nullable SegmentFile file;
    private long lastOffset;
    private long firstOffset;

    /** @param begun is told of each new segment before anything of it can be read */
    SegmentWriter(
            SegmentFolder folder,
            SegmentLogSettings settings,
            DurableMark mark,
            LogScan.Found found,
            Consumer<Segment> begun) {
        this.folder = folder;
        this.settings = settings;
        this.mark = mark;
        this.begun = begun;
        this.lastOffset = found.lastOffset();
        this.firstOffset = mark.firstOffset();
    }

    long lastOffset() {
        return lastOffset;
    }

    long firstOffset() {
        return firstOffset;
    }

    /** Adds an entry to the group; returns the bytes of its frame. */
    int add(Entry entry) throws IOException {
        Segment current = segment;
        if (group.isEmpty() && (current == null || current.endPosition() >= settings.segmentBytes())) {
            current = begin();
        }
        if (current == null) {
            throw new IllegalStateException("a group has no segment");
        }
        int at = group.sizeBytes();
        int bytes = group.add(entry, lastOffset + 1, current.epoch());
        lastOffset++;
        places.add(new long[] {lastOffset, at, bytes});
        return bytes;
    }

    /** Returns how many bytes were written, when they would survive. */
    int force() throws IOException {
        Segment current = segment;
        SegmentFile open = file;
        if (current == null || open == null) {
            return 0;
        }
        long position = current.endPosition();
        int bytes = group.sizeBytes();
        open.write(group.content(), position);
        open.force();
        mark.write(lastOffset, firstOffset);
        for (long[] place : places) {
            current.added(place[0], position + place[1], position + place[1] + place[2]);
        }
        places.clear();
        group.clear();
        return bytes;
    }

    /** All before it is forced when this is called. */
    private Segment begin() throws IOException {
        closeFile();
        Segment fresh = new Segment(lastOffset + 1, nextEpoch());
        Optional<String> spare =
                folder.names().stream().filter(n -> n.startsWith(SPARE)).findFirst();
        SegmentFile opened;
        if (spare.isPresent()) {
            opened = folder.open(spare.get());
        } else {
            opened = folder.create(fresh.name());
        }
        file = opened;
        new SegmentHeader(SegmentHeader.FORMAT, fresh.firstOffset(), fresh.epoch()).write(opened);
        opened.force();
        if (spare.isPresent()) {
            folder.rename(spare.get(), fresh.name());
        }
        folder.force();
        segment = fresh;
        begun.accept(fresh);
        return fresh;
    }

    private long nextEpoch() {
        long epoch = random.nextLong();
        return epoch == FrameReader.ANY_EPOCH ? 1 : epoch;
    }

    /** Returns those that are left. */
    List<Segment> removeBefore(long neededOffset, List<Segment> segments) throws IOException {
        List<Segment> left = new ArrayList<>(segments);
        List<Segment> removed = new ArrayList<>();
        while (left.size() > 1 && left.get(1).firstOffset() <= neededOffset) {
            removed.add(left.remove(0));
        }
        if (removed.isEmpty()) {
            return segments;
        }
        // first that they are meant to be gone, else their absence would look like damage
        firstOffset = left.get(0).firstOffset();
        mark.write(mark.forcedOffset(), firstOffset);
        mark.force();
        long spares = folder.names().stream().filter(n -> n.startsWith(SPARE)).count();
        for (Segment gone : removed) {
            if (spares < settings.spareSegments()) {
                folder.rename(gone.name(), SPARE + gone.name());
                spares++;
            } else {
                folder.delete(gone.name());
            }
        }
        folder.force();
        return List.copyOf(left);
    }

    private void closeFile() throws IOException {
        SegmentFile open = file;
        file = null;
        if (open != null) {
            mark.force();
            open.close();
        }
    }

    /** @param sound whether the mark may still be forced */
    void close(boolean sound) throws IOException {
        try (mark) {
            if (sound) {
                closeFile();
                mark.force();
            } else if (file != null) {
                file.close();
            }
        }
    }
}
