/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory that no other process, and no other client of this one, uses until it is let go. */
final class HeldDirectory {
    private static final String LOCK = "lock";
    private static final String KEY = "io.tocsin.client.spill ";

    final Path path;
    private final RandomAccessFile lock;
    private final String key;

    private HeldDirectory(Path path, RandomAccessFile lock, String key) {
        this.path = path;
        this.lock = lock;
        this.key = key;
    }

    /**
     * Empty if another has it. Locks of files are between processes; and who opens and closes a file that its own process has locked ends that lock.
     * So what this process holds is looked up first, in its system properties: class loaders may have a copy of this class each.
     */
    static Optional<HeldDirectory> take(Path directory) throws IOException {
        String key = KEY + directory.toRealPath();
        if (System.getProperties().putIfAbsent(key, "held") != null) {
            return Optional.empty();
        }
        HeldDirectory held = null;
        try {
            held = lock(directory, key);
        } finally {
            if (held == null) {
                System.getProperties().remove(key);
            }
        }
        return Optional.ofNullable(held);
    }

    private static @Nullable HeldDirectory lock(Path directory, String key) throws IOException {
        RandomAccessFile file = new RandomAccessFile(directory.resolve(LOCK).toFile(), "rw");
        boolean locked = false;
        try {
            locked = file.getChannel().tryLock() != null;
        } finally {
            if (!locked) {
                file.close();
            }
        }
        return locked ? new HeldDirectory(directory, file, key) : null;
    }

    /** The same under another name in the same place, which nobody has. */
    HeldDirectory renamed(String name) throws IOException {
        Path to = path.resolveSibling(name);
        String newKey = KEY + path.toRealPath().resolveSibling(name);
        System.setProperty(newKey, "held");
        try {
            Files.move(path, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            System.getProperties().remove(newKey);
            throw e;
        }
        System.getProperties().remove(key);
        return new HeldDirectory(to, lock, newKey);
    }

    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Its names are on the disk when this returns, where the system can do that. */
    void force() {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // some systems cannot: names are theirs to keep then
        }
    }

    /** Others may have it. */
    void letGo() {
        try {
            lock.close();
        } catch (IOException e) {
            // a lock that cannot be given back ends with the process
        }
        System.getProperties().remove(key);
    }

    /** Removes it with all that is in it, and lets it go. */
    void delete() {
        try {
            for (String name : names()) {
                if (!name.equals(LOCK)) {
                    Files.deleteIfExists(path.resolve(name));
                }
            }
            Files.deleteIfExists(path.resolve(LOCK));
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // what is left is found, and found to be answered, at the next start
        }
        letGo();
    }
}
