/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.backup;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.tocsin.collector.journal.segment.HardLinks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Brings files into a folder: files that never change by a second name, where that can be, all others as copies. Confined to one thread.
 */
final class FileCopies {
    private static final int CHUNK_BYTES = 1 << 20;

    private final Path target;
    private final long minFreeBytes;
    private final boolean mayLink;
    private final LongConsumer brought;
    private long bytes;
    private long copiedBytes;

    /**
     * @param source whose disk may be that of the target
     * @param minFreeBytes so much stays free on the target's disk
     * @param brought is told bytes since it was last told; may throw to end it
     */
    FileCopies(Path source, Path target, long minFreeBytes, LongConsumer brought) throws IOException {
        this.target = target;
        this.minFreeBytes = minFreeBytes;
        this.mayLink =
                HardLinks.arePossible(target) && Files.getFileStore(source).equals(Files.getFileStore(target));
        this.brought = brought;
    }

    /** Of all that was brought. */
    long bytes() {
        return bytes;
    }

    /** Of what takes room of its own. */
    long copiedBytes() {
        return copiedBytes;
    }

    /** Throws if copies of so many bytes would take too much room. */
    void requireRoom(long copied) throws IOException {
        long usable = Files.getFileStore(target).getUsableSpace();
        if (usable - copied < minFreeBytes) {
            throw new IOException("the disk of " + target + " has " + usable + " bytes free; the copy takes " + copied
                    + ", and " + minFreeBytes + " must stay free");
        }
    }

    /** The same if it cannot be done by second names. */
    void requireRoomUnlessLinked(long ifCopied) throws IOException {
        requireRoom(mayLink ? 0 : ifCopied);
    }

    /** A file that nobody writes to any more, of so many bytes. */
    void bringWhole(Path from, Path to, long size) throws IOException {
        if (mayLink) {
            try {
                Files.createLink(to, from);
                note(size);
                return;
            } catch (NoSuchFileException e) {
                throw e;
            } catch (IOException | UnsupportedOperationException e) {
                // the system knows why not; a copy will do
            }
        }
        copy(from, to, size);
    }

    /** The first bytes of a file that may grow. Forced when it returns. */
    void copy(Path from, Path to, long size) throws IOException {
        requireRoom(size);
        try (FileChannel in = FileChannel.open(from, READ);
                FileChannel out = FileChannel.open(to, CREATE_NEW, WRITE)) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
            for (long at = 0; at < size; ) {
                chunk.clear().limit((int) Math.min(CHUNK_BYTES, size - at));
                if (in.read(chunk, at) < 0) {
                    throw new IOException(from + " has " + at + " bytes, and should have " + size);
                }
                chunk.flip();
                int read = chunk.remaining();
                while (chunk.hasRemaining()) {
                    out.write(chunk);
                }
                at += read;
                copiedBytes += read;
                note(read);
            }
            out.force(true);
        }
    }

    /** A folder that somebody else has filled. */
    void noteFolder(Path folder) throws IOException {
        long all = sizeBytes(folder);
        copiedBytes += mayLink ? 0 : all;
        note(all);
    }

    private void note(long more) {
        bytes += more;
        brought.accept(more);
    }

    /** Of all files in it. One that is removed meanwhile counts for nothing. */
    static long sizeBytes(Path folder) throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                try {
                    sum += Files.size(file);
                } catch (NoSuchFileException e) {
                    // gone
                }
            }
        }
        return sum;
    }
}
