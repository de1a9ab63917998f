/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes folders that are still there after a power loss: a folder's name is forced in the one above it. Stateless. */
public final class DurableFolder {
    private DurableFolder() {}

    /** Returns the folder, made with those above it if there is none. */
    public static Path create(Path folder) throws IOException {
        Path path = folder.toAbsolutePath().normalize();
        Path above = path.getParent();
        if (above == null) {
            return path;
        }
        if (!Files.isDirectory(path)) {
            create(above);
            Files.createDirectories(path);
        }
        // also if it was there: whoever made it may have been killed before this; a folder of others that may not be
        // read is theirs to force
        if (Files.isReadable(above)) {
            force(above);
        }
        return path;
    }

    /** Returns when the names in it would survive. */
    public static void force(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, READ)) {
            names.force(true);
        }
    }
}
