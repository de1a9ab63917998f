/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.rocksdb.WriteBatch;

/**
 * Which format a store has, and how one of an older format becomes one of this. Immutable.
 *
 * @param steps the first makes a store of version 1 one of version 2, and so on; the current version is one more than there are steps. A step that was
 *     interrupted is done again from its beginning
 */
record StoreSchema(List<Step> steps) {
    static final StoreSchema CURRENT = new StoreSchema(List.of());

    private static final byte[] KEY = "schema".getBytes(StandardCharsets.US_ASCII);

    /** Rewrites what has changed from one version to the next. */
    interface Step {
        void migrate(StoreDatabase store);
    }

    int version() {
        return steps.size() + 1;
    }

    /** Throws if the store is newer than this. */
    void bring(StoreDatabase store, boolean isNew) throws IOException {
        byte[] known = store.get(Family.META, KEY);
        if (known == null) {
            if (!isNew && !store.isEmpty()) { // an empty one lost its power while it was made
                throw new IOException(
                        "the store " + store.folder() + " does not say which format it has: it is not one of ours");
            }
            write(store, version());
            return;
        }
        int found = ByteBuffer.wrap(known).getInt();
        if (found > version()) {
            throw new IOException(
                    "the store " + store.folder() + " has format " + found + ", this build reads formats up to "
                            + version() + "; start the build that wrote it, or a newer one");
        }
        for (int version = found; version < version(); version++) {
            steps.get(version - 1).migrate(store);
            write(store, version + 1);
        }
    }

    private static void write(StoreDatabase store, int version) {
        try (WriteBatch batch = new WriteBatch()) {
            store.put(
                    batch,
                    Family.META,
                    KEY,
                    ByteBuffer.allocate(Integer.BYTES).putInt(version).array());
            store.write(batch);
        }
        store.flush();
    }
}
