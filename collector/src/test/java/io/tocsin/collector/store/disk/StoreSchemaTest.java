/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class StoreSchemaTest {
    private static final byte[] NAME = Bytes.ascii("name");

    @TempDir
    private Path folder;

    private static StoreSchema.Step renaming(String to) {
        return store -> {
            try (WriteBatch batch = new WriteBatch()) {
                byte[] before = store.get(Family.META, NAME);
                store.put(batch, Family.META, NAME, Bytes.ascii((before == null ? "" : new String(before)) + to));
                store.write(batch);
            }
        };
    }

    @Test
    void anOlderStoreIsMigratedStepByStep() throws IOException {
        StoreDatabase.open(folder, new StoreSchema(List.of(renaming("never, as it was made at 2"))))
                .close();
        StoreDatabase.open(folder, new StoreSchema(List.of(renaming("x"), renaming("b"), renaming("c"))))
                .close();
        try (StoreDatabase store =
                StoreDatabase.open(folder, new StoreSchema(List.of(renaming("x"), renaming("y"), renaming("z"))))) {
            assertThat(store.get(Family.META, NAME)).asString().isEqualTo("bc");
        }
    }

    @Test
    void aNewerStoreIsRefusedAndBothVersionsAreNamed() throws IOException {
        StoreDatabase.open(folder, new StoreSchema(List.of(renaming("a"), renaming("b"))))
                .close();

        assertThatThrownBy(() -> StoreDatabase.open(folder, new StoreSchema(List.of())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has format 3, this build reads formats up to 1");
        StoreDatabase.open(folder, new StoreSchema(List.of(renaming("a"), renaming("b"))))
                .close();
    }

    @Test
    void aStoreThatLostItsPowerWhileItWasMadeIsMadeAnew() throws IOException, RocksDBException {
        RocksDB.loadLibrary();
        try (Options made = new Options().setCreateIfMissing(true)) {
            RocksDB.open(made, folder.toString()).close();
        }
        StoreDatabase.open(folder, new StoreSchema(List.of())).close();
        try (StoreDatabase store = StoreDatabase.open(folder, new StoreSchema(List.of(renaming("kept"))))) {
            assertThat(store.get(Family.META, NAME)).asString().isEqualTo("kept");
        }
    }

    @Test
    void aStoreOfSomebodyElseIsRefused() throws IOException, RocksDBException {
        RocksDB.loadLibrary();
        try (Options made = new Options().setCreateIfMissing(true);
                RocksDB other = RocksDB.open(made, folder.toString())) {
            other.put(NAME, NAME);
        }
        assertThatThrownBy(() -> StoreDatabase.open(folder, new StoreSchema(List.of())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not say which format it has: it is not one of ours");
    }

    @Test
    void aStepThatFailsIsDoneAgain() throws IOException {
        StoreDatabase.open(folder, new StoreSchema(List.of())).close();
        StoreSchema failing = new StoreSchema(List.of(store -> {
            throw new IllegalStateException("out of luck");
        }));
        assertThatThrownBy(() -> StoreDatabase.open(folder, failing)).hasMessage("out of luck");

        try (StoreDatabase store = StoreDatabase.open(folder, new StoreSchema(List.of(renaming("done"))))) {
            assertThat(store.get(Family.META, NAME)).asString().isEqualTo("done");
        }
    }
}
