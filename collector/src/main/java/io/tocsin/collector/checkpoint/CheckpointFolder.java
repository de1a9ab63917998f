/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.checkpoint;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The checkpoints of one partition: the newest two, so that one can be damaged, and {@value #OLDER} older ones, spread over the entries that the journal has, for whoever goes
 * over the past again. A file has its name once all of it would survive. Confined to one thread at a time.
 */
public final class CheckpointFolder {
    private static final int NEWEST = 2;
    private static final int OLDER = 8;
    private static final int DIGITS = 19;
    private static final String SUFFIX = ".checkpoint";
    private static final String UNFINISHED = "unfinished";
    private static final String DAMAGED = ".damaged";

    private final Path folder;

    private CheckpointFolder(Path folder) {
        this.folder = folder;
    }

    /** Made if there is none. */
    public static CheckpointFolder open(Path folder) throws IOException {
        boolean isNew = Files.notExists(folder);
        Files.createDirectories(folder);
        Path parent = folder.toAbsolutePath().getParent();
        if (isNew && parent != null) {
            force(parent);
        }
        Files.deleteIfExists(folder.resolve(UNFINISHED));
        return new CheckpointFolder(folder);
    }

    /**
     * Reads the newest that is sound; those that are not are told and put aside.
     *
     * @param usable whether it would do; the ones that would not are left where they are
     * @throws NewerStateException if the newest one was written by a newer build: an older one would not know what that did
     */
    public Optional<Checkpoint> newest(Predicate<CheckpointHeader> usable, Consumer<String> told) throws IOException {
        List<Path> newestFirst = files();
        for (Path file : newestFirst) {
            try {
                Checkpoint found = CheckpointFile.read(file);
                if (usable.test(found.header())) {
                    return Optional.of(found);
                }
            } catch (DamagedCheckpointException e) {
                told.accept("a checkpoint is damaged and not used: " + e.getMessage());
                putAside(file);
            }
        }
        return Optional.empty();
    }

    /** One damaged file is kept for whoever wants to know what happened to it. */
    private void putAside(Path file) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path other :
                    all.filter(one -> one.toString().endsWith(DAMAGED)).toList()) {
                Files.delete(other);
            }
        }
        Files.move(file, file.resolveSibling(file.getFileName() + DAMAGED), StandardCopyOption.REPLACE_EXISTING);
        force();
    }

    /**
     * Reads the oldest sound one of that entry or a later one, of a folder that somebody else may be writing.
     *
     * @throws NewerStateException if it was written by a newer build
     */
    public static Optional<Checkpoint> oldest(Path folder, long notBefore) throws IOException {
        if (Files.notExists(folder)) {
            return Optional.empty();
        }
        List<Path> oldestFirst = new ArrayList<>(new CheckpointFolder(folder).files());
        Collections.reverse(oldestFirst);
        for (Path file : oldestFirst) {
            try {
                if (offset(file) >= notBefore) {
                    return Optional.of(CheckpointFile.read(file));
                }
            } catch (DamagedCheckpointException | NoSuchFileException e) {
                // the next one will do; a start tells of damage
            }
        }
        return Optional.empty();
    }

    /**
     * Returns its size when it would survive; then removes one of the older ones if there are too many: the one that is least missed.
     *
     * @throws IOException if it could not be written; the ones before are as they were
     */
    public long write(CheckpointHeader header, StateImage state) throws IOException {
        Path unfinished = folder.resolve(UNFINISHED);
        long bytes = CheckpointFile.write(unfinished, header, state);
        Files.move(
                unfinished,
                folder.resolve(String.format(Locale.ROOT, "%0" + DIGITS + "d" + SUFFIX, header.offset())),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        force();
        List<Path> newestFirst = files();
        while (newestFirst.size() > NEWEST + OLDER) {
            Files.delete(newestFirst.remove(leastMissed(newestFirst)));
        }
        return bytes;
    }

    /** Of the older ones but the oldest: where the fewest entries lie between the two beside it, so that the rest is spread evenly. */
    private static int leastMissed(List<Path> newestFirst) {
        int found = NEWEST;
        long fewest = Long.MAX_VALUE;
        for (int i = NEWEST; i < newestFirst.size() - 1; i++) {
            long between = offset(newestFirst.get(i - 1)) - offset(newestFirst.get(i + 1));
            if (between < fewest) {
                found = i;
                fewest = between;
            }
        }
        return found;
    }

    /** Removes older ones that nothing can go on from: the journal begins with that entry. */
    public void forgetBefore(long firstOffset) throws IOException {
        List<Path> newestFirst = files();
        for (Path file : newestFirst.subList(Math.min(NEWEST, newestFirst.size()), newestFirst.size())) {
            if (offset(file) < firstOffset - 1) {
                Files.delete(file);
            }
        }
    }

    /** The journal must keep what comes after this entry, so that either of the newest two can be gone on from; 0 while there are fewer. */
    public long neededAfter() throws IOException {
        List<Path> newestFirst = files();
        return newestFirst.size() < NEWEST ? 0 : offset(newestFirst.get(NEWEST - 1));
    }

    private static long offset(Path file) {
        return Long.parseLong(String.valueOf(file.getFileName()).substring(0, DIGITS));
    }

    /** The newest first. Any thread: one that is named may be removed by the time it is looked at. */
    public List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> found = new ArrayList<>(
                    all.filter(one -> String.valueOf(one.getFileName()).matches("[0-9]{" + DIGITS + "}\\" + SUFFIX))
                            .toList());
            found.sort(Comparator.reverseOrder());
            return found;
        }
    }

    private void force() throws IOException {
        force(folder);
    }

    /** Returns when the names in it would survive. */
    private static void force(Path ofFolder) throws IOException {
        try (FileChannel names = FileChannel.open(ofFolder, READ)) {
            names.force(true);
        }
    }
}
