/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import static java.lang.System.Logger.Level.WARNING;

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
    private static final System.Logger LOG = System.getLogger(SegmentWriter.class.getName());
    private static final String SPARE = "spare-";

    private final SegmentFolder folder;
    private final SegmentLogSettings settings;
    private final DurableMark mark;
    private final Consumer<Segment> begun;
    private final SecureRandom random = new SecureRandom();
    private final FrameGroup group = new FrameGroup();
    private final DiskRoom room;
    private @Nullable Segment segment;
    private @Nullable SegmentFile file;
    private boolean markTold;
    private long lastOffset;
    private long firstOffset;

    /** @param begun is told of each new segment before anything of it can be read */
    SegmentWriter(
            SegmentFolder folder,
            SegmentLogSettings settings,
            DurableMark mark,
            DiskRoom room,
            LogScan.Found found,
            Consumer<Segment> begun) {
        this.folder = folder;
        this.settings = settings;
        this.mark = mark;
        this.room = room;
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
        int bytes = group.add(entry);
        lastOffset++;
        return bytes;
    }

    /**
     * Returns how many bytes were written, when they would survive.
     *
     * @throws NoRoomException if the disk is full; the group waits, and this may be called again
     */
    int force() throws IOException {
        if (group.isEmpty()) {
            return 0;
        }
        boolean roll = room.look();
        Segment current = segment;
        // no file: the last attempt found no room for the group
        if (current == null || file == null || roll || current.endPosition() >= settings.segmentBytes()) {
            current = begin();
        }
        long first = lastOffset - group.count() + 1;
        current = write(first, current);
        require(file).force();
        writeMark();
        int bytes = group.sizeBytes();
        group.addTo(current, first, current.endPosition());
        group.clear();
        return bytes;
    }

    /** What was forced is forced without it: it may be behind, and the next group writes it again. */
    private void writeMark() {
        try {
            mark.write(lastOffset, firstOffset);
        } catch (IOException e) {
            if (!markTold) {
                LOG.log(WARNING, folder.show(DurableMark.NAME) + " could not be written, it is behind until it can", e);
            }
            markTold = true;
        }
    }

    /** Into this segment; if that takes no more, into another; if a new one takes nothing either, into the reserve. Returns where it stands. */
    private Segment write(long first, Segment preferred) throws IOException {
        Segment current = preferred;
        while (true) {
            group.seal(first, current.epoch());
            try {
                require(file).write(group.content(), current.endPosition());
                return current;
            } catch (IOException e) {
                takeBack(current);
                current = current.isEmpty() ? beginInReserve(e) : begin();
            }
        }
    }

    /** Part of a group may stand behind the last one. Nothing of it was promised, and it will stand elsewhere. */
    private void takeBack(Segment current) throws IOException {
        require(file).truncate(current.endPosition());
        require(file).force();
        closeFile();
    }

    private static SegmentFile require(@Nullable SegmentFile file) {
        if (file == null) {
            throw new IllegalStateException("a group has no file");
        }
        return file;
    }

    /** A file of its own for the group, or the reserve. All before the group is forced when this is called. */
    private Segment begin() throws IOException {
        closeFile();
        Segment fresh = fresh();
        Optional<String> spare =
                folder.names().stream().filter(n -> n.startsWith(SPARE)).findFirst();
        String name = spare.orElse(fresh.name());
        SegmentFile opened = null;
        try {
            opened = spare.isPresent() ? folder.open(name) : folder.create(name);
            header(fresh).write(opened);
        } catch (IOException e) {
            if (opened != null) {
                opened.close();
            }
            return beginInReserve(e);
        }
        return begun(fresh, name, opened);
    }

    private Segment beginInReserve(IOException cause) throws IOException {
        SegmentFile reserve = room.takeReserve(cause)
                .orElseThrow(() -> new NoRoomException("the disk takes no more: " + cause.getMessage(), cause));
        Segment fresh = fresh();
        try {
            header(fresh).write(reserve);
        } catch (IOException e) {
            // a limit of a file's size holds for it too; when there is room, another reserve is made
            reserve.close();
            throw new NoRoomException("the disk takes no more, not even in reserve: " + e.getMessage(), e);
        }
        return begun(fresh, DiskRoom.RESERVE, reserve);
    }

    private Segment fresh() {
        return new Segment(lastOffset - group.count() + 1, nextEpoch());
    }

    private static SegmentHeader header(Segment fresh) {
        return new SegmentHeader(SegmentHeader.FORMAT, fresh.firstOffset(), fresh.epoch());
    }

    private Segment begun(Segment fresh, String name, SegmentFile opened) throws IOException {
        file = opened;
        opened.force();
        if (!name.equals(fresh.name())) {
            folder.rename(name, fresh.name());
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
            if (spares < settings.spareSegments() && !folder.isShared(gone.name())) {
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
        segment = null;
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
