/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store.disk;

import io.tocsin.collector.engine.alert.AlertEvent;
import io.tocsin.collector.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Stores in a folder, each gone with the test. */
final class DiskRig implements AutoCloseable {
    private final Path folder;
    private final List<DiskStore> open = new ArrayList<>();
    private int copies;

    DiskRig(Path folder) {
        this.folder = folder;
    }

    static StoreSettings keeping(int events) {
        StoreSettings usual = StoreSettings.DEFAULTS;
        return new StoreSettings(
                usual.maxBytes(),
                usual.windowsKept(),
                usual.maxRollupBytes(),
                usual.minutesKept(),
                usual.fiveMinutesKept(),
                usual.halfHoursKept(),
                events,
                events);
    }

    DiskStore open() {
        return open(folder, keeping(1_000), DiskSettings.DEFAULTS);
    }

    DiskStore open(Path where, StoreSettings settings, DiskSettings disk) {
        try {
            DiskStore store = DiskStore.open(where, settings, disk);
            open.add(store);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a process that is killed now leaves behind, opened again. */
    DiskStore afterKill() {
        Path copy = folder.resolveSibling(folder.getFileName() + "-killed-" + ++copies);
        try (Stream<Path> files = Files.list(folder)) {
            Files.createDirectories(copy);
            for (Path file : files.filter(f -> !f.endsWith("LOCK")).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open(copy, keeping(1_000), DiskSettings.DEFAULTS);
    }

    static DiskSettings eventsFor(Duration kept) {
        DiskSettings usual = DiskSettings.DEFAULTS;
        return new DiskSettings(
                kept,
                usual.tenSecondsKept(),
                usual.minutesKept(),
                usual.hoursKept(),
                usual.maxBytes(),
                usual.groupings());
    }

    static DiskStore append(DiskStore store, AlertEvent... events) {
        for (AlertEvent event : events) {
            store.view().eventSink().append(event);
        }
        return store;
    }

    @Override
    public void close() {
        open.forEach(DiskStore::close);
    }
}
