/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import static java.lang.System.Logger.Level.WARNING;

import io.tocsin.collector.journal.segment.DurableFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * A RocksDB of one partition. Thread-safe: {@link #close} waits for those that read.
 *
 * <p>Batches are atomic and are not forced one by one; {@link #flush} forces all that was written before it, all families at one point. After a crash the store is as it
 * was after some batch, none later than the last.
 */
final class StoreDatabase implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StoreDatabase.class.getName());
    private static final long RETRY_MILLIS = 250;

    private final Path folder;
    private final StoreOptions options;
    private final RocksDB db;
    private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
    private final List<ColumnFamilyHandle> handles;
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
    private final LongAdder waits = new LongAdder();
    private volatile boolean closed;
    private volatile String problem = "";

    private StoreDatabase(Path folder, StoreOptions options, RocksDB db, List<ColumnFamilyHandle> handles) {
        this.folder = folder;
        this.options = options;
        this.db = db;
        this.handles = handles;
        Iterator<ColumnFamilyHandle> inOrder = handles.iterator();
        for (Family family : Family.values()) {
            families.put(family, inOrder.next());
        }
    }

    /** Opens the store in that folder, makes it if there is none. */
    static StoreDatabase open(Path folder, StoreSchema schema) throws IOException {
        DurableFolder.create(folder);
        RocksDB.loadLibrary();
        boolean isNew = !Files.exists(folder.resolve("CURRENT"));
        StoreDatabase store = open(folder, isNew);
        try {
            schema.bring(store, isNew);
            return store;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static StoreDatabase open(Path folder, boolean isNew) throws IOException {
        try {
            return open(folder, isNew, new StoreOptions(true));
        } catch (RocksDBException e) {
            if (e.getStatus() == null || !isAboutDirectIo(e.getStatus())) {
                throw cannotOpen(folder, e);
            }
        }
        try {
            return open(folder, isNew, new StoreOptions(false));
        } catch (RocksDBException e) {
            throw cannotOpen(folder, e);
        }
    }

    private static boolean isAboutDirectIo(Status status) {
        return status.getCode() == Status.Code.NotSupported || status.getCode() == Status.Code.InvalidArgument;
    }

    private static IOException cannotOpen(Path folder, RocksDBException e) {
        return new IOException("the store " + folder + " cannot be opened: " + e.getMessage(), e);
    }

    private static StoreDatabase open(Path folder, boolean isNew, StoreOptions options) throws RocksDBException {
        List<ColumnFamilyDescriptor> wanted = new ArrayList<>();
        for (Family family : Family.values()) {
            wanted.add(options.descriptor(family));
        }
        for (byte[] name : isNew ? List.<byte[]>of() : names(folder)) {
            if (wanted.stream().noneMatch(one -> Arrays.equals(one.getName(), name))) {
                wanted.add(options.unknown(name)); // of another build: the schema will tell
            }
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            RocksDB db = RocksDB.open(options.db, folder.toString(), wanted, handles);
            return new StoreDatabase(folder, options, db, handles);
        } catch (RocksDBException e) {
            options.close();
            throw e;
        }
    }

    private static List<byte[]> names(Path folder) throws RocksDBException {
        try (Options any = new Options()) {
            return RocksDB.listColumnFamilies(any, folder.toString());
        }
    }

    Path folder() {
        return folder;
    }

    /** Nothing was ever written, and it has no family that we do not know. */
    boolean isEmpty() {
        return reading(() -> {
            for (ColumnFamilyHandle handle : handles) {
                try (RocksIterator rows = db.newIterator(handle)) {
                    rows.seekToFirst();
                    rows.status();
                    if (rows.isValid()) {
                        return false;
                    }
                }
            }
            return handles.size() == families.size();
        });
    }

    /** Null if there is none. */
    byte @Nullable [] get(Family family, byte[] key) {
        return reading(() -> Optional.ofNullable(db.get(handle(family), key))).orElse(null);
    }

    void put(WriteBatch batch, Family family, byte[] key, byte[] value) {
        try {
            batch.put(handle(family), key, value);
        } catch (RocksDBException e) {
            throw new StoreException("a batch cannot be written", e);
        }
    }

    void delete(WriteBatch batch, Family family, byte[] key) {
        try {
            batch.delete(handle(family), key);
        } catch (RocksDBException e) {
            throw new StoreException("a batch cannot be written", e);
        }
    }

    /** Deletes keys of [from, to). */
    void deleteRange(WriteBatch batch, Family family, byte[] from, byte[] to) {
        try {
            batch.deleteRange(handle(family), from, to);
        } catch (RocksDBException e) {
            throw new StoreException("a batch cannot be written", e);
        }
    }

    /** Takes keys and values in order of keys while it wants more. */
    interface Visitor {
        boolean visit(byte[] key, byte[] value);
    }

    /** Visits keys of [from, to), in order, as they were when it began. */
    void scan(Family family, byte[] from, byte[] to, Visitor visitor) {
        reading(() -> {
            try (Slice end = new Slice(to);
                    ReadOptions read = new ReadOptions().setIterateUpperBound(end);
                    RocksIterator rows = db.newIterator(handle(family), read)) {
                boolean more = true;
                for (rows.seek(from); more && rows.isValid(); rows.next()) {
                    more = visitor.visit(rows.key(), rows.value());
                }
                rows.status();
            }
            return true;
        });
    }

    /** A place among the rows of a family, as they were when it was made. Confined to who uses it. */
    static final class Cursor {
        private final RocksIterator rows;
        private byte[] key = {};

        private Cursor(RocksIterator rows) {
            this.rows = rows;
        }

        void seek(byte[] key) {
            rows.seek(key);
        }

        void next() {
            rows.next();
        }

        /** There is a row, with a key that is less. */
        boolean isBefore(byte[] end) {
            if (!rows.isValid()) {
                return false;
            }
            key = rows.key();
            return Arrays.compareUnsigned(key, end) < 0;
        }

        /** Of the row that {@link #isBefore} found. */
        byte[] key() {
            return key;
        }

        byte[] value() {
            return rows.value();
        }
    }

    /** Does something with a cursor, which is gone afterwards. */
    interface CursorUser {
        void use(Cursor cursor);
    }

    void withCursor(Family family, CursorUser user) {
        reading(() -> {
            try (ReadOptions read = new ReadOptions();
                    RocksIterator rows = db.newIterator(handle(family), read)) {
                user.use(new Cursor(rows));
                rows.status();
            }
            return true;
        });
    }

    /** Removes rows of [from, to) and the files that hold nothing else, and gives the space back soon. */
    void drop(Family family, byte[] from, byte[] to) {
        reading(() -> {
            ColumnFamilyHandle handle = handle(family);
            db.deleteFilesInRanges(handle, List.of(from, to), false);
            db.deleteRange(handle, unlogged, from, to);
            return true;
        });
    }

    /** Bytes of its files. */
    long bytes(Family family) {
        return reading(() -> db.getLongProperty(handle(family), "rocksdb.live-sst-files-size"));
    }

    /** Writes all of it or nothing. While the disk is full it waits for room. */
    void write(WriteBatch batch) {
        while (true) {
            open.readLock().lock();
            try {
                db.write(checked(unlogged), batch);
                problem = "";
                return;
            } catch (RocksDBException e) {
                if (!isFull(e)) {
                    problem = "the store " + folder + " cannot be written: " + e.getMessage();
                    throw new StoreException(problem, e);
                }
                noteFull(e);
            } finally {
                open.readLock().unlock();
            }
            awaitRoom();
        }
    }

    private static boolean isFull(RocksDBException e) {
        return e.getStatus() != null && e.getStatus().getSubCode() == Status.SubCode.NoSpace;
    }

    private void noteFull(RocksDBException e) {
        waits.increment();
        if (problem.isEmpty()) {
            problem = "the store " + folder + " waits for room on the disk";
            LOG.log(WARNING, problem, e);
        }
    }

    private static void awaitRoom() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while the store waited for room on the disk", e);
        }
    }

    /** All that was written before is on disk when this returns. */
    void flush() {
        reading(() -> {
            try (FlushOptions all = new FlushOptions().setWaitForFlush(true)) {
                db.flush(all, new ArrayList<>(families.values()));
            }
            return true;
        });
    }

    /** Makes a store of its own of all that was written before, in a folder that is not there yet; by hard links where they are possible. */
    void copyTo(Path target) {
        reading(() -> {
            try (Checkpoint files = Checkpoint.create(db)) {
                files.createCheckpoint(target.toString());
            }
            return true;
        });
    }

    /** Why it cannot be written at the moment; "" if it can. */
    String problem() {
        return problem;
    }

    /** How often a write waited for room on the disk. */
    long waits() {
        return waits.sum();
    }

    private ColumnFamilyHandle handle(Family family) {
        ColumnFamilyHandle handle = families.get(family);
        if (handle == null) {
            throw new IllegalStateException("every family is open, " + family + " is not");
        }
        return handle;
    }

    /** Something that RocksDB does. */
    interface Action<T> {
        T run() throws RocksDBException;
    }

    private <T> T reading(Action<T> action) {
        open.readLock().lock();
        try {
            checked(unlogged);
            return action.run();
        } catch (RocksDBException e) {
            throw new StoreException("the store " + folder + " cannot be read or flushed: " + e.getMessage(), e);
        } finally {
            open.readLock().unlock();
        }
    }

    /** Native memory that is gone must not be touched. */
    private WriteOptions checked(WriteOptions write) {
        if (closed) {
            throw new IllegalStateException("the store " + folder + " is closed");
        }
        return write;
    }

    /** Forces what was written. */
    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            try (FlushOptions all = new FlushOptions().setWaitForFlush(true)) {
                db.flush(all, new ArrayList<>(families.values()));
            } catch (RocksDBException e) {
                LOG.log(
                        WARNING,
                        "what was last written to the store " + folder + " is not on disk: it will be derived again",
                        e);
            }
            handles.forEach(ColumnFamilyHandle::close);
            db.close();
            unlogged.close();
            options.close();
        } finally {
            open.writeLock().unlock();
        }
    }
}
