/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backup;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where backups may be.
 *
 * @param root all are below this folder; empty: none are taken
 * @param data the directory that is copied; empty: all is in memory
 * @param minFreeBytes so much stays free on the disk of the copy
 */
public record BackupSettings(Optional<Path> root, Optional<Path> data, long minFreeBytes) {
    /** None are taken. */
    public static final BackupSettings OFF = new BackupSettings(Optional.empty(), Optional.empty(), 0);

    public BackupSettings {
        root = root.map(path -> path.toAbsolutePath().normalize());
        data = data.map(path -> path.toAbsolutePath().normalize());
    }
}
