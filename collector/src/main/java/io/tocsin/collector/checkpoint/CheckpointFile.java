/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.checkpoint;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A checkpoint as a file, written and read as a whole; docs/delivery.md has the format. Each byte of it is under a checksum, so that what is read is what was
 * written, or the file is refused. Stateless.
 */
final class CheckpointFile {
    static final int FORMAT = 1;

    private static final long MAGIC = 0x544f4353494e4350L; // TOCSINCP
    private static final long END_MAGIC = 0x544f4353494e4345L; // TOCSINCE
    private static final int MAX_PART_BYTES = 1 << 20;

    private CheckpointFile() {}

    /** Returns its size when its content, not yet its name, would survive. */
    static long write(Path file, CheckpointHeader header, StateImage state) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE)) {
            Out out = new Out(channel);
            out.part(part -> {
                part.writeLong(MAGIC);
                part.writeInt(FORMAT);
                part.writeInt(header.partition());
                part.writeLong(header.offset());
                part.writeLong(header.engineMillis());
                part.writeUTF(header.build());
                part.writeInt(state.sections().size());
            });
            for (StateImage.Section section : state.sections()) {
                out.part(part -> {
                    part.writeUTF(section.name());
                    part.writeInt(section.version());
                    part.writeLong(section.bytes());
                });
                out.content(state, section);
            }
            int whole = (int) out.whole.getValue();
            out.plain(ByteBuffer.allocate(12).putInt(whole).putLong(END_MAGIC).flip());
            channel.force(true);
            return channel.size();
        }
    }

    /**
     * Reads all of it into memory.
     *
     * @throws DamagedCheckpointException if it is not what was written
     * @throws NewerStateException if a newer build wrote it
     */
    static Checkpoint read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ)) {
            return read(new In(channel), file);
        } catch (EOFException e) {
            throw new DamagedCheckpointException(file + " ends too early");
        }
    }

    private static Checkpoint read(In in, Path file) throws IOException {
        DataInputStream head = in.part(file);
        if (head.readLong() != MAGIC) {
            throw new DamagedCheckpointException(file + " does not begin as a checkpoint does");
        }
        int format = head.readInt();
        if (format > FORMAT) {
            throw new NewerStateException(file.toString(), format, FORMAT);
        }
        CheckpointHeader header =
                new CheckpointHeader(head.readInt(), head.readLong(), head.readLong(), head.readUTF());
        StateImage state = new StateImage();
        long from = 0;
        for (int left = head.readInt(); left > 0; left--) {
            DataInputStream part = in.part(file);
            String name = part.readUTF();
            int version = part.readInt();
            long bytes = part.readLong();
            in.content(state, from, bytes, file + ": section " + name);
            state.add(new StateImage.Section(name, version, from, from + bytes));
            from += bytes;
        }
        int whole = (int) in.whole.getValue();
        ByteBuffer end = in.plain(12);
        if (end.getInt() != whole || end.getLong() != END_MAGIC || in.isNotAtEnd()) {
            throw new DamagedCheckpointException(file + " does not end as it was written");
        }
        return new Checkpoint(header, state);
    }

    private interface Part {
        void write(DataOutputStream out) throws IOException;
    }

    /** Writes lengths, contents and checksums one after the other. */
    private static final class Out {
        final CRC32C whole = new CRC32C();
        private final FileChannel channel;

        Out(FileChannel channel) {
            this.channel = channel;
        }

        /** A few values, with their length before and their checksum behind them. */
        void part(Part values) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            values.write(new DataOutputStream(bytes));
            ByteBuffer all = ByteBuffer.allocate(bytes.size() + 8);
            all.putInt(bytes.size()).put(bytes.toByteArray());
            CRC32C crc = new CRC32C();
            crc.update(all.duplicate().flip());
            checked(all.putInt((int) crc.getValue()).flip());
        }

        /** The bytes of a section, with their checksum behind them. */
        void content(StateImage state, StateImage.Section section) throws IOException {
            CRC32C crc = new CRC32C();
            for (long at = section.from(); at < section.to(); ) {
                int place = (int) (at % StateImage.BLOCK_BYTES);
                int now = (int) Math.min(section.to() - at, StateImage.BLOCK_BYTES - place);
                byte[] block = state.block((int) (at / StateImage.BLOCK_BYTES));
                crc.update(block, place, now);
                checked(ByteBuffer.wrap(block, place, now));
                at += now;
            }
            checked(ByteBuffer.allocate(4).putInt((int) crc.getValue()).flip());
        }

        private void checked(ByteBuffer bytes) throws IOException {
            whole.update(bytes.duplicate());
            plain(bytes);
        }

        void plain(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** Reads what {@link Out} wrote. */
    private static final class In {
        final CRC32C whole = new CRC32C();
        private final FileChannel channel;

        In(FileChannel channel) {
            this.channel = channel;
        }

        DataInputStream part(Path file) throws IOException {
            ByteBuffer length = checked(4);
            int bytes = length.getInt();
            if (bytes < 0 || bytes > MAX_PART_BYTES) {
                throw new DamagedCheckpointException(file + " has a part of " + bytes + " bytes");
            }
            byte[] content = new byte[bytes];
            read(ByteBuffer.wrap(content));
            whole.update(content);
            CRC32C crc = new CRC32C();
            crc.update(length.rewind());
            crc.update(content);
            if (checked(4).getInt() != (int) crc.getValue()) {
                throw new DamagedCheckpointException(file + " has a part with another checksum than it was given");
            }
            return new DataInputStream(new ByteArrayInputStream(content));
        }

        void content(StateImage state, long from, long bytes, String what) throws IOException {
            if (bytes < 0 || bytes > channel.size() - channel.position()) {
                throw new DamagedCheckpointException(what + " has " + bytes + " bytes, more than are left");
            }
            CRC32C crc = new CRC32C();
            for (long at = from; at < from + bytes; ) {
                int place = (int) (at % StateImage.BLOCK_BYTES);
                int now = (int) Math.min(from + bytes - at, StateImage.BLOCK_BYTES - place);
                byte[] block = state.block((int) (at / StateImage.BLOCK_BYTES));
                read(ByteBuffer.wrap(block, place, now));
                crc.update(block, place, now);
                whole.update(block, place, now);
                at += now;
            }
            if (checked(4).getInt() != (int) crc.getValue()) {
                throw new DamagedCheckpointException(what + " has another checksum than it was given");
            }
        }

        private ByteBuffer checked(int bytes) throws IOException {
            ByteBuffer read = plain(bytes);
            whole.update(read.duplicate());
            return read;
        }

        ByteBuffer plain(int bytes) throws IOException {
            ByteBuffer read = ByteBuffer.allocate(bytes);
            read(read);
            return read.flip();
        }

        private void read(ByteBuffer into) throws IOException {
            while (into.hasRemaining()) {
                if (channel.read(into) < 0) {
                    throw new EOFException();
                }
            }
        }

        boolean isNotAtEnd() throws IOException {
            return channel.position() != channel.size();
        }
    }
}
