/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.journal.segment.DurableFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.rocksdb.WriteBatch;

/**
 * Which event log a store holds. Drawn when the store is made, and again when a copy of it is opened for the first time, or when somebody else derives again what was told and not
 * stored yet: from there on the same numbers mean other events in the two. A copy knows of which log it is one, and how many events they share.
 *
 * @param copied empty: it is no copy
 */
record LogIdentity(long id, Optional<CopyOf> copied) {
    /** In a folder that was copied and not opened yet: names the copy. */
    private static final String COPIED = "copied";

    private static final byte[] LOG_ID = Bytes.ascii("log-id");
    private static final byte[] COPY_OF = Bytes.ascii("copy-of");
    private static final int NAME_BYTES = 16;

    /**
     * What it is a copy of.
     *
     * @param copy its name; "" of one that went another way, see {@link LogIdentity#anew}
     * @param log the id of the other
     * @param sharedEvents up to this number
     */
    record CopyOf(String copy, long log, long sharedEvents) {}

    /** Marks a folder as a copy that nobody has opened; not forced. */
    static void mark(Path folder) throws IOException {
        byte[] name = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(name);
        Files.writeString(folder.resolve(COPIED), HexFormat.of().formatHex(name));
    }

    /** Of a store that has just been opened. */
    static LogIdentity open(StoreDatabase store) throws IOException {
        LogIdentity known = read(store).orElseGet(() -> {
            LogIdentity first = new LogIdentity(new SecureRandom().nextLong(), Optional.empty());
            first.write(store);
            return first;
        });
        Path mark = store.folder().resolve(COPIED);
        if (!Files.exists(mark)) {
            return known;
        }
        String copy = Files.readString(mark);
        if (known.copied.filter(one -> one.copy().equals(copy)).isEmpty()) {
            long shared = new EventRows(store).mark().last();
            known = new LogIdentity(new SecureRandom().nextLong(), Optional.of(new CopyOf(copy, known.id, shared)));
            known.write(store);
        }
        Files.delete(mark);
        DurableFolder.force(store.folder());
        return known;
    }

    /** One that shares the events that are stored with the one it was, and no later ones. */
    LogIdentity anew(StoreDatabase store, long sharedEvents) {
        LogIdentity other =
                new LogIdentity(new SecureRandom().nextLong(), Optional.of(new CopyOf("", id, sharedEvents)));
        other.write(store);
        return other;
    }

    private static Optional<LogIdentity> read(StoreDatabase store) {
        byte[] id = store.get(Family.META, LOG_ID);
        if (id == null) {
            return Optional.empty();
        }
        byte[] copied = store.get(Family.META, COPY_OF);
        return Optional.of(new LogIdentity(
                Bytes.toLong(id),
                copied == null
                        ? Optional.empty()
                        : Optional.of(
                                Bytes.read(copied, in -> new CopyOf(Bytes.text(in), in.readLong(), in.readLong())))));
    }

    private void write(StoreDatabase store) {
        try (WriteBatch batch = new WriteBatch()) {
            store.put(batch, Family.META, LOG_ID, Bytes.ofLong(id));
            copied.ifPresent(of -> store.put(batch, Family.META, COPY_OF, Bytes.of(out -> {
                Bytes.text(out, of.copy());
                out.writeLong(of.log());
                out.writeLong(of.sharedEvents());
            })));
            store.write(batch);
        }
        store.flush();
    }
}
