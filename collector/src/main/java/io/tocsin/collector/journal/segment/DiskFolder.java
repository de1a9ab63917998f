/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal.segment;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A folder on a disk. */
record DiskFolder(Path folder, boolean mayWrite) implements SegmentFolder {
    DiskFolder(Path folder) {
        this(folder, true);
    }

    /** Of a log that another process may write. */
    static DiskFolder readOnly(Path folder) {
        return new DiskFolder(folder, false);
    }

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public SegmentFile open(String name) throws IOException {
        Path file = folder.resolve(name);
        return new DiskFile(mayWrite ? FileChannel.open(file, READ, WRITE) : FileChannel.open(file, READ));
    }

    @Override
    public SegmentFile create(String name) throws IOException {
        return new DiskFile(FileChannel.open(folder.resolve(name), CREATE, TRUNCATE_EXISTING, READ, WRITE));
    }

    @Override
    public void rename(String name, String to) throws IOException {
        Files.move(
                folder.resolve(name),
                folder.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(folder.resolve(name));
    }

    @Override
    public void force() throws IOException {
        try (FileChannel itself = FileChannel.open(folder, READ)) {
            itself.force(true);
        }
    }

    @Override
    public long usableBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    @Override
    public boolean isShared(String name) throws IOException {
        Path file = folder.resolve(name);
        return HardLinks.arePossible(file) && HardLinks.count(file) > 1;
    }

    @Override
    public String show(String name) {
        return folder.resolve(name).toString();
    }

    private record DiskFile(FileChannel channel) implements SegmentFile {
        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            int begin = into.position();
            while (into.hasRemaining()) {
                if (channel.read(into, position + into.position() - begin) < 0) {
                    break;
                }
            }
            return into.position() - begin;
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            long at = position;
            while (from.hasRemaining()) {
                at += channel.write(from, at);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public long sizeBytes() throws IOException {
            return channel.size();
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            channel.truncate(sizeBytes);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
