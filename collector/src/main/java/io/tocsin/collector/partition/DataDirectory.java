/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.tocsin.collector.journal.segment.DurableFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The directory of what survives a restart, held by one process at a time: {@code lock}, {@code layout}, and a folder {@code partition-N} for each live
 * partition. Thread-safe.
 */
public final class DataDirectory implements AutoCloseable {
    private static final int FORMAT = 1;
    private static final String LOCK = "lock";
    private static final String LAYOUT = "layout";
    /** In the folder of a partition. */
    static final String JOURNAL = "journal";

    static final String STORE = "store";
    static final String CHECKPOINTS = "checkpoints";

    /** Where a partition's things are. */
    public record Folders(Path journal, Path store, Path checkpoints) {
        static Folders in(Path partition) {
            return new Folders(partition.resolve(JOURNAL), partition.resolve(STORE), partition.resolve(CHECKPOINTS));
        }
    }

    private static final int MAX_PID_BYTES = 20;

    private final Path folder;
    private final FileChannel lock;

    private DataDirectory(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the directory, makes it if there is none.
     *
     * @param partitions how many there are; their number is fixed when the directory is made, as tenants are spread by it
     * @throws IOException if it is in use, of a newer build, or made for another number of partitions; with what to do
     */
    public static DataDirectory open(Path folder, int partitions) throws IOException {
        Path path = folder.toAbsolutePath().normalize();
        DurableFolder.create(path);
        FileChannel lock = lock(path);
        try {
            checkLayout(path, partitions);
            return new DataDirectory(path, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * The folders of its partitions that have a journal, by number, without taking the directory: a collector may hold it.
     *
     * @throws IOException if it is no data directory, or of a newer build; with what to do
     */
    public static SortedMap<Integer, Folders> partitions(Path folder) throws IOException {
        Path path = folder.toAbsolutePath().normalize();
        Path layoutFile = path.resolve(LAYOUT);
        if (!Files.exists(layoutFile)) {
            throw new IOException(path + " is no data directory of a collector: it has no file " + LAYOUT);
        }
        Map<String, String> layout = SmallFile.read(layoutFile);
        requireFormat(path, number(layoutFile, layout, "format"));
        SortedMap<Integer, Folders> partitions = new TreeMap<>();
        for (int number = 0; number < number(layoutFile, layout, "partitions"); number++) {
            Folders folders = folders(path, number);
            if (Files.isDirectory(folders.journal())) {
                partitions.put(number, folders);
            }
        }
        return partitions;
    }

    /** Where a partition's things would be in that directory. */
    public static Folders folders(Path directory, int partition) {
        return Folders.in(directory.resolve(partitionName(partition)));
    }

    /** Makes a directory of the folders in it, for so many partitions. */
    public static void writeLayout(Path directory, int partitions) throws IOException {
        SmallFile.write(directory.resolve(LAYOUT), Map.of("format", FORMAT, "partitions", partitions));
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve(LOCK), CREATE, READ, WRITE);
        if (tryLock(channel) == null) {
            String holder = readPid(channel);
            channel.close();
            throw new IOException("the data directory " + folder + " is in use by "
                    + (holder.isEmpty() ? "another process" : "process " + holder)
                    + "; stop that, or take another directory with --data-dir");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String readPid(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(MAX_PID_BYTES);
        channel.read(pid, 0);
        String text = StandardCharsets.US_ASCII.decode(pid.flip()).toString();
        return text.chars().allMatch(Character::isDigit) ? text : "";
    }

    private static void checkLayout(Path folder, int partitions) throws IOException {
        Path file = folder.resolve(LAYOUT);
        if (!Files.exists(file)) {
            writeLayout(folder, partitions);
            return;
        }
        Map<String, String> layout = SmallFile.read(file);
        int format = number(file, layout, "format");
        requireFormat(folder, format);
        int made = number(file, layout, "partitions");
        if (made != partitions) {
            throw new IOException("the data directory " + folder + " was made for " + made
                    + " partitions, monitoring.partitions is " + partitions
                    + "; set it to " + made + ", or take another directory with --data-dir");
        }
    }

    private static void requireFormat(Path folder, int format) throws IOException {
        if (format > FORMAT) {
            throw new IOException("the data directory " + folder + " has format " + format
                    + ", this build reads formats up to " + FORMAT
                    + "; start the build that wrote it, or a newer one");
        }
    }

    private static int number(Path file, Map<String, String> layout, String key) throws IOException {
        try {
            return Integer.parseInt(layout.getOrDefault(key, ""));
        } catch (NumberFormatException e) {
            throw new IOException(
                    file + " must have a whole number as " + key + ", had \"" + layout.getOrDefault(key, "") + "\"");
        }
    }

    /** Absolute. */
    public Path folder() {
        return folder;
    }

    /** The folder of a partition, made if there is none. */
    Path partition(int number) throws IOException {
        return DurableFolder.create(folder.resolve(partitionName(number)));
    }

    private static String partitionName(int number) {
        return "partition-" + number;
    }

    /** Lets others have it. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
