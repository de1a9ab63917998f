/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backup;

import io.tocsin.collector.journal.segment.DurableFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that a backup goes to. It has its name once all of it would survive; until then another beside it holds what there is. Confined to one thread.
 */
final class BackupFolder {
    private static final String UNFINISHED = ".unfinished";

    private final Path folder;
    private final Path unfinished;

    private BackupFolder(Path folder) {
        this.folder = folder;
        this.unfinished = folder.resolveSibling(folder.getFileName() + UNFINISHED);
    }

    /**
     * Finds out whether a caller may have his backup there.
     *
     * @param to below the root, relative to it or absolute
     * @throws IllegalArgumentException if it is somewhere else; says where it may be
     * @throws FileAlreadyExistsException if something is there
     */
    static BackupFolder of(String to, Path root, Path data) throws IOException {
        Path folder = path(to, root);
        if (!folder.startsWith(root) || folder.equals(root)) {
            throw outside(to, root);
        }
        DurableFolder.create(root);
        Path real = realParent(folder);
        if (!real.startsWith(root.toRealPath())) {
            throw outside(to, root);
        }
        if (real.startsWith(data.toRealPath())) {
            throw new IllegalArgumentException(
                    "must not be inside of the data directory " + data + ", was \"" + to + "\"");
        }
        BackupFolder found = new BackupFolder(folder);
        found.requireFree();
        return found;
    }

    private static Path path(String to, Path root) {
        try {
            if (!to.isEmpty()) {
                return root.resolve(to).normalize();
            }
        } catch (InvalidPathException e) {
            // told below
        }
        throw new IllegalArgumentException("must be the name of a folder below " + root + ", was \"" + to + "\"");
    }

    private static IllegalArgumentException outside(String to, Path root) {
        return new IllegalArgumentException(
                "must be below " + root + " (monitoring.backups.dir of the collector), was \"" + to + "\"");
    }

    /** Where the nearest folder above it that is there is in truth: a link may lead out of the root. */
    private static Path realParent(Path folder) throws IOException {
        Path above = folder.getParent();
        while (above != null && Files.notExists(above)) {
            above = above.getParent();
        }
        return above == null ? folder : above.toRealPath();
    }

    private void requireFree() throws IOException {
        if (Files.exists(unfinished)) {
            throw new FileAlreadyExistsException(unfinished
                    + " is there: a backup that was interrupted, or still runs; remove it, or take another name");
        }
        if (Files.isSymbolicLink(folder) || (Files.exists(folder) && !Files.isDirectory(folder))) {
            throw new FileAlreadyExistsException(folder + " is there, and no folder; take another name");
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> inIt = Files.list(folder)) {
                if (inIt.findAny().isPresent()) {
                    throw new FileAlreadyExistsException(
                            folder + " is there, and not empty; take another name: nothing is written over");
                }
            }
        }
    }

    /** Where it will be. Absolute. */
    Path folder() {
        return folder;
    }

    /** Makes the folder that is written to. */
    Path begin() throws IOException {
        DurableFolder.create(unfinished.getParent() == null ? unfinished : unfinished.getParent());
        Files.createDirectory(unfinished);
        return unfinished;
    }

    /** All is there. */
    void finish() throws IOException {
        try (Stream<Path> all = Files.walk(unfinished)) {
            for (Path one : all.filter(Files::isDirectory).toList()) {
                DurableFolder.force(one);
            }
        }
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        Path above = folder.getParent();
        if (above != null) {
            DurableFolder.force(above);
        }
    }

    /** Takes away what there is of a backup that came to nothing. */
    void giveUp() throws IOException {
        if (Files.notExists(unfinished)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(unfinished)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : deepestFirst) {
            Files.delete(one);
        }
    }
}
