/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import static java.lang.System.Logger.Level.WARNING;

import io.tocsin.collector.journal.Entry;
import io.tocsin.collector.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A journal on disk. What was forced survives the process and the machine; damage to it is told and read around.
 *
 * <p>Threads: as {@link Journal} says, one that writes and one that reads; all else is thread-safe. Memory is bounded by
 * {@link SegmentLogSettings#recentBytes}, the group being written, and what is being read back.
 *
 * <p>Errors: a write that fails is tried again in another file, in the end in one that was reserved; if that fails too, {@link #force} waits until
 * there is room. After a forced write that fails every later one fails too, since nobody knows what reached the disk; the reader gets what had been
 * forced until then.
 */
public final class SegmentLog implements Journal {
    private static final System.Logger LOG = System.getLogger(SegmentLog.class.getName());

    private final SegmentFolder folder;
    private final SegmentLogCounters counters = new SegmentLogCounters();
    private final List<Damage> damages;
    private final LogReader reader;
    private final DiskRoom room;
    private final long retryMillis;
    private volatile List<Segment> segments;
    /** Held while files are removed, and by whoever needs them all to stay. */
    private final ReentrantLock removal = new ReentrantLock();

    /** Confined to the writer's thread, as are the next ones. */
    private final SegmentWriter writer;

    private final List<Entry> unforced = new ArrayList<>();
    private final List<Integer> unforcedBytes = new ArrayList<>();
    private @Nullable IOException failure;

    private final Object lock = new Object();
    private final RecentEntries recent; // guarded by lock, as are the rest
    private long forcedOffset;
    /** Bytes of frames forced since it was opened, and of those among them that were applied. */
    private final UnappliedBytes unapplied = new UnappliedBytes();

    private boolean closed;
    private boolean woken;

    private SegmentLog(SegmentFolder folder, SegmentLogSettings settings, long checkedAfter, LongConsumer scannedBytes)
            throws IOException {
        this.folder = folder;
        this.recent = new RecentEntries(settings.recentBytes());
        DurableMark mark = DurableMark.open(folder);
        LogScan.Found found = LogScan.scan(folder, mark, checkedAfter, scannedBytes);
        this.damages = found.damages();
        this.forcedOffset = found.lastOffset();
        this.counters.damagedEntries =
                damages.stream().mapToLong(Damage::entries).sum();
        damages.forEach(damage -> LOG.log(WARNING, "the journal is damaged, " + damage));
        this.segments = found.segments().stream().filter(s -> !s.isEmpty()).toList();
        this.retryMillis = TimeUnit.NANOSECONDS.toMillis(settings.retryNanos());
        this.room = new DiskRoom(folder, settings);
        this.writer = new SegmentWriter(folder, settings, mark, room, found, this::begun);
        this.reader = new LogReader(folder, () -> segments, damages);
    }

    /**
     * Opens the log of a folder, or begins one.
     *
     * @param checkedAfter files that end at this entry or before it are taken as they are: whether they can be read shows when they are
     * @param scannedBytes is told how many bytes were read since it was last told
     * @throws NewerFormatException if a newer build wrote it
     */
    public static SegmentLog open(
            Path folder, SegmentLogSettings settings, long checkedAfter, LongConsumer scannedBytes) throws IOException {
        return new SegmentLog(new DiskFolder(DurableFolder.create(folder)), settings, checkedAfter, scannedBytes);
    }

    /** All of it is checked. */
    public static SegmentLog open(Path folder, SegmentLogSettings settings, LongConsumer scannedBytes)
            throws IOException {
        return open(folder, settings, 0, scannedBytes);
    }

    static SegmentLog open(SegmentFolder folder, SegmentLogSettings settings, LongConsumer scannedBytes)
            throws IOException {
        return open(folder, settings, 0, scannedBytes);
    }

    static SegmentLog open(
            SegmentFolder folder, SegmentLogSettings settings, long checkedAfter, LongConsumer scannedBytes)
            throws IOException {
        return new SegmentLog(folder, settings, checkedAfter, scannedBytes);
    }

    /** The folder that it is in. */
    public Path path() {
        return Path.of(folder.show(""));
    }

    /** Damage found when it was opened. */
    public List<Damage> damages() {
        return damages;
    }

    public SegmentLogCounters counters() {
        return counters;
    }

    private void begun(Segment segment) {
        List<Segment> more = new ArrayList<>(segments);
        // one that took nothing before another file was begun in its place
        more.removeIf(known -> known.firstOffset() == segment.firstOffset());
        more.add(segment);
        segments = List.copyOf(more);
    }

    @Override
    public long append(Entry entry) throws IOException {
        requireSound();
        try {
            int bytes = writer.add(entry);
            unforced.add(entry);
            unforcedBytes.add(bytes);
            return writer.lastOffset();
        } catch (IOException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public void force() throws IOException {
        requireSound();
        if (unforced.isEmpty()) {
            return;
        }
        try {
            long begin = System.nanoTime();
            int bytes = forceWhenThereIsRoom();
            counters.forceNanos.add(System.nanoTime() - begin);
            counters.forces.increment();
            counters.writtenBytes.add(bytes);
        } catch (IOException | RuntimeException | Error e) {
            throw failed(e);
        }
        synchronized (lock) {
            for (int i = 0; i < unforced.size(); i++) {
                forcedOffset++;
                recent.add(forcedOffset, unforcedBytes.get(i), unforced.get(i));
                unapplied.forced(forcedOffset, unforcedBytes.get(i));
            }
            lock.notifyAll();
        }
        unforced.clear();
        unforcedBytes.clear();
    }

    private int forceWhenThereIsRoom() throws IOException {
        while (true) {
            try {
                return writer.force();
            } catch (NoRoomException e) {
                awaitNextTry(e);
            }
        }
    }

    private void awaitNextTry(NoRoomException why) throws IOException {
        synchronized (lock) {
            if (closed) {
                throw why;
            }
            try {
                TimeUnit.MILLISECONDS.timedWait(lock, retryMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw why;
            }
        }
    }

    private void requireSound() throws IOException {
        if (failure != null) {
            throw new IOException("nothing is written after a failure: " + failure.getMessage(), failure);
        }
    }

    private IOException failed(Throwable e) {
        IOException told = e instanceof IOException io ? io : new IOException(String.valueOf(e), e);
        failure = told;
        return told;
    }

    @Override
    public long forcedOffset() {
        synchronized (lock) {
            return forcedOffset;
        }
    }

    @Override
    public int read(long offset, int max, long waitMillis, List<Entry> into) throws InterruptedException, IOException {
        long through;
        synchronized (lock) {
            if (forcedOffset <= offset && !closed && !woken && waitMillis > 0) {
                TimeUnit.MILLISECONDS.timedWait(lock, waitMillis);
            }
            woken = false;
            if (recent.firstOffset() <= offset + 1) {
                return recent.read(offset + 1, max, into);
            }
            through = Math.min(forcedOffset, recent.firstOffset() - 1);
        }
        int read = reader.read(offset + 1, through, max, into);
        counters.readBackEntries.add(read);
        return read;
    }

    @Override
    public void applied(long offset) {
        synchronized (lock) {
            recent.removeThrough(offset);
            unapplied.applied(offset);
        }
    }

    @Override
    public long unappliedBytes() {
        synchronized (lock) {
            return unapplied.bytes();
        }
    }

    @Override
    public String full() {
        return room.full();
    }

    @Override
    public void wakeReader() {
        synchronized (lock) {
            woken = true;
            lock.notifyAll();
        }
    }

    /** Offset of the oldest entry that is still there. Writer's thread only. */
    public long firstOffset() {
        return writer.firstOffset();
    }

    /**
     * Offset of the oldest entry that is worth keeping. Reads the beginnings of files; any thread, one at a time.
     *
     * @param neededOffset this entry and all after it stay in any case
     * @param keepBytes as many bytes stay at least, if they are not too old
     * @param keepFromMillis what was written by this engine time may go
     */
    public long keptFrom(long neededOffset, long keepBytes, long keepFromMillis) throws IOException {
        List<Segment> all = segments;
        long bytes = sizeBytes(all);
        long from = all.isEmpty() ? 1 : all.get(0).firstOffset();
        for (int i = 0; i + 1 < all.size(); i++) {
            Segment next = all.get(i + 1);
            bytes -= all.get(i).endPosition();
            boolean isMore = bytes >= keepBytes;
            if (next.firstOffset() > neededOffset || !(isMore || SegmentAge.beganBy(keepFromMillis, next, folder))) {
                break;
            }
            from = next.firstOffset();
        }
        return from;
    }

    /** Bytes of all files that hold entries. Thread-safe. */
    public long sizeBytes() {
        return sizeBytes(segments);
    }

    private static long sizeBytes(List<Segment> of) {
        return of.stream().mapToLong(Segment::endPosition).sum();
    }

    /**
     * Removes the oldest files, as far as nobody needs them; does nothing while somebody {@link #keepAll keeps} them. Writer's thread only.
     *
     * @param neededOffset this entry and all after it stay
     */
    @Override
    public void removeBefore(long neededOffset) throws IOException {
        requireSound();
        if (!removal.tryLock()) {
            return;
        }
        try {
            segments = writer.removeBefore(neededOffset, segments);
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        } finally {
            removal.unlock();
        }
    }

    /** No file is removed until it is closed, by the thread that asked. */
    public Kept keepAll() {
        removal.lock();
        return new Kept() {
            @Override
            public LogFiles files() {
                return SegmentLog.this.files();
            }

            @Override
            public void close() {
                removal.unlock();
            }
        };
    }

    /** All files, while they are kept. Confined to one thread. */
    public interface Kept extends AutoCloseable {
        /** What would have to be copied now to have all that is forced by now. */
        LogFiles files();

        @Override
        void close();
    }

    private LogFiles files() {
        long forced = forcedOffset();
        List<Segment> all = segments; // read after it: they hold that entry
        long first = all.isEmpty() ? forced + 1 : all.get(0).firstOffset();
        List<LogFiles.Part> parts = new ArrayList<>();
        for (Segment segment : all) {
            boolean mayGrow = segment == all.get(all.size() - 1);
            parts.add(new LogFiles.Part(path().resolve(segment.name()), segment.endPosition(), mayGrow));
        }
        return new LogFiles(parts, first, forced);
    }

    /** Closes its files; what was appended and not forced is lost. The reader may go on reading what was forced. */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            lock.notifyAll();
        }
        try {
            writer.close(failure == null);
        } catch (IOException e) {
            LOG.log(WARNING, "the journal in " + folder.show("") + " could not be closed", e);
        }
    }
}
