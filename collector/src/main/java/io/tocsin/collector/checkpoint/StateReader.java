/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.checkpoint;

import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import io.tocsin.collector.series.SeriesKind;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link StateWriter} wrote. Anything that cannot be such is an {@link IOException}. Not thread-safe. */
public final class StateReader implements DataInput {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final StateImage image;
    private final List<String> texts = new ArrayList<>();
    private String section = "";
    private long position;
    private long end;
    /** The one that holds {@link #position}, or the one before at its very end. */
    private byte[] block = {};

    private long blockFrom = -1;

    public StateReader(StateImage from) {
        image = from;
    }

    /**
     * Goes to the begin of a section; the one before must have been read to its end.
     *
     * @param known the latest version that is known
     * @return the version that it has
     * @throws NewerStateException if it has a later one
     */
    public int section(String name, int known) throws IOException {
        end();
        for (StateImage.Section one : image.sections()) {
            if (one.name().equals(name)) {
                if (one.version() > known) {
                    throw new NewerStateException("section " + name, one.version(), known);
                }
                section = name;
                position = one.from();
                end = one.to();
                texts.clear();
                return one.version();
            }
        }
        throw new IOException("there must be a section " + name + ", there are "
                + image.sections().stream().map(StateImage.Section::name).toList());
    }

    /** Whether there is a section of that name. */
    public boolean has(String name) {
        return image.sections().stream().anyMatch(one -> one.name().equals(name));
    }

    /** All of the last section has been read. */
    public void end() throws IOException {
        if (position != end) {
            throw new IOException("section " + section + " has " + (end - position) + " bytes that nobody read");
        }
    }

    private int next() throws IOException {
        if (position >= end) {
            throw new EOFException("section " + section + " ends too early");
        }
        int place = (int) (position - blockFrom);
        if (place < 0 || place >= StateImage.BLOCK_BYTES || blockFrom < 0) {
            place = load();
        }
        position++;
        return block[place] & 0xFF;
    }

    private int load() {
        int number = (int) (position / StateImage.BLOCK_BYTES);
        block = image.block(number);
        blockFrom = (long) number * StateImage.BLOCK_BYTES;
        return (int) (position - blockFrom);
    }

    /** What was written by {@link StateWriter#framed}, if anything was; nothing of what follows can be reached from it. */
    public Optional<DataInput> framed() throws IOException {
        int size = readInt();
        if (size == StateWriter.NO_FRAME) {
            return Optional.empty();
        }
        byte[] bytes = new byte[checked(size)];
        readFully(bytes);
        return Optional.of(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    private int checked(int bytes) throws IOException {
        if (bytes < 0 || bytes > end - position) {
            throw new IOException(
                    "section " + section + " has a frame of " + bytes + " bytes, " + (end - position) + " are left");
        }
        return bytes;
    }

    /** See {@link StateWriter#writeSize}; of things of which each has a byte or more. */
    public int readCount() throws IOException {
        long size = readSize();
        if (size < 0 || size > end - position) {
            throw new IOException(
                    "section " + section + " has a count of " + size + ", " + (end - position) + " bytes are left");
        }
        return (int) size;
    }

    /** See {@link StateWriter#writeSize}. */
    public long readSize() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = next();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new IOException("section " + section + " has a number of more than " + Long.SIZE + " bits");
    }

    /** See {@link StateWriter#writeNumber}. */
    public long readNumber() throws IOException {
        long value = readSize();
        return value >>> 1 ^ -(value & 1);
    }

    public String readText() throws IOException {
        long known = readSize();
        if (known != 0) {
            if (known < 0 || known > texts.size()) {
                throw new IOException(
                        "section " + section + " names text " + known + ", there are " + texts.size() + " so far");
            }
            return texts.get((int) known - 1);
        }
        char[] chars = new char[readCount()];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) readSize();
        }
        String text = new String(chars);
        texts.add(text);
        return text;
    }

    /** A constant that was written as the text of its name, so that the order of constants is nobody's business. */
    public <E extends Enum<E>> E readConstant(Class<E> type) throws IOException {
        String name = readText();
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    type.getSimpleName() + " must be one of " + List.of(type.getEnumConstants()) + ", was \"" + name
                            + "\"",
                    e);
        }
    }

    public Attributes readAttributes() throws IOException {
        int size = readCount();
        if (size == 0) {
            return Attributes.NONE;
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int left = size; left > 0; left--) {
            pairs.put(readText(), readText());
        }
        return Attributes.of(pairs);
    }

    public SeriesKey readSeriesKey() throws IOException {
        return new SeriesKey(readText(), readConstant(SeriesKind.class), readAttributes());
    }

    @Override
    public void readFully(byte[] into) throws IOException {
        readFully(into, 0, into.length);
    }

    @Override
    public void readFully(byte[] into, int from, int length) throws IOException {
        if (length > end - position) {
            throw new EOFException("section " + section + " ends too early");
        }
        int done = 0;
        while (done < length) {
            int place = (int) (position % StateImage.BLOCK_BYTES);
            int now = Math.min(length - done, StateImage.BLOCK_BYTES - place);
            System.arraycopy(image.block((int) (position / StateImage.BLOCK_BYTES)), place, into, from + done, now);
            position += now;
            done += now;
        }
    }

    @Override
    public int skipBytes(int bytes) {
        int skipped = (int) Math.max(0, Math.min(bytes, end - position));
        position += skipped;
        return skipped;
    }

    @Override
    public boolean readBoolean() throws IOException {
        return next() != 0;
    }

    @Override
    public byte readByte() throws IOException {
        return (byte) next();
    }

    @Override
    public int readUnsignedByte() throws IOException {
        return next();
    }

    @Override
    public short readShort() throws IOException {
        return (short) readUnsignedShort();
    }

    @Override
    public int readUnsignedShort() throws IOException {
        return next() << 8 | next();
    }

    @Override
    public char readChar() throws IOException {
        return (char) readUnsignedShort();
    }

    @Override
    public int readInt() throws IOException {
        return readUnsignedShort() << 16 | readUnsignedShort();
    }

    @Override
    public long readLong() throws IOException {
        int place = (int) (position - blockFrom);
        if (blockFrom >= 0
                && place >= 0
                && place <= StateImage.BLOCK_BYTES - Long.BYTES
                && position <= end - Long.BYTES) {
            position += Long.BYTES;
            return (long) LONG.get(block, place);
        }
        return (long) readInt() << 32 | (readInt() & 0xFFFF_FFFFL);
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat(readInt());
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(readLong());
    }

    @Override
    public String readLine() {
        throw new UnsupportedOperationException("state has no lines");
    }

    @Override
    public String readUTF() throws IOException {
        return DataInputStream.readUTF(this);
    }
}
