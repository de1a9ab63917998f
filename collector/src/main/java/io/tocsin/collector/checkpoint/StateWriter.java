/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.checkpoint;

import io.tocsin.collector.series.Attributes;
import io.tocsin.collector.series.SeriesKey;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes state into memory, section by section; {@link StateReader} reads the same calls in the same order. A text that came before in the section costs
 * a byte or two. Not thread-safe.
 */
public final class StateWriter implements DataOutput {
    static final int NO_FRAME = -1;

    private static final int VARINT_BYTES = 10;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Somebody else's state. */
    public interface Body {
        void write(DataOutput out) throws IOException;
    }

    private final StateImage image;
    private final Map<String, Integer> texts = new HashMap<>();
    private final DataOutputStream javaForm = new DataOutputStream(new OutputStream() {
        @Override
        public void write(int b) {
            put(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            StateWriter.this.write(bytes, from, length);
        }
    });

    private byte[] block;
    private int blockNumber;
    private int at;
    private long maxPosition = Long.MAX_VALUE;
    private String section = "";
    private int version;
    private long sectionFrom;

    /** @param into what it held before is gone */
    public StateWriter(StateImage into) {
        image = into;
        image.clear();
        block = image.block(0);
    }

    /** All that follows, until the next one, belongs to this section. Names are not used twice. */
    public void section(String name, int sectionVersion) {
        end();
        section = name;
        version = sectionVersion;
        sectionFrom = position();
        texts.clear();
    }

    /** Ends the last section. */
    public void end() {
        if (!section.isEmpty()) {
            image.add(new StateImage.Section(section, version, sectionFrom, position()));
            section = "";
        }
    }

    private long position() {
        return (long) blockNumber * StateImage.BLOCK_BYTES + at;
    }

    private void seek(long position) {
        blockNumber = (int) (position / StateImage.BLOCK_BYTES);
        at = (int) (position % StateImage.BLOCK_BYTES);
        block = image.block(blockNumber);
    }

    private void nextBlock() {
        if (position() > maxPosition) {
            throw new TooLargeException();
        }
        blockNumber++;
        block = image.block(blockNumber);
        at = 0;
    }

    private boolean hasRoom(int bytes) {
        return StateImage.BLOCK_BYTES - at >= bytes;
    }

    private void put(int b) {
        if (at == StateImage.BLOCK_BYTES) {
            nextBlock();
        }
        block[at++] = (byte) b;
    }

    private static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLargeException() {
            super("larger than allowed", null, false, false);
        }
    }

    /**
     * Writes what somebody else writes, so that it can be read apart from what follows.
     *
     * @throws IOException if the body threw, or wrote more than {@code maxBytes}, to within the size of a block; nothing of it is left behind
     */
    public void framed(int maxBytes, Body body) throws IOException {
        long begin = position();
        writeInt(0);
        long from = position();
        long outerMax = maxPosition;
        maxPosition = Math.min(outerMax, from + maxBytes);
        boolean done = false;
        try {
            body.write(this);
            done = position() <= maxPosition;
            if (!done) {
                throw new TooLargeException();
            }
        } catch (TooLargeException e) {
            throw new IOException("state must have at most " + maxBytes + " bytes, had more", e);
        } finally {
            maxPosition = outerMax;
            if (!done) {
                seek(begin);
            }
        }
        long until = position();
        seek(begin);
        writeInt((int) (until - from));
        seek(until);
    }

    /** In place of a frame: there is none. */
    public void notFramed() {
        writeInt(NO_FRAME);
    }

    /** A count or a number, 0 or more, in few bytes while it is small. */
    public void writeSize(long size) {
        writeVarint(size);
    }

    /** A number that may be negative, in few bytes while it is near 0. */
    public void writeNumber(long number) {
        writeVarint(number << 1 ^ number >> 63);
    }

    private void writeVarint(long value) {
        long left = value;
        if (hasRoom(VARINT_BYTES)) {
            byte[] bytes = block;
            int place = at;
            while ((left & ~0x7FL) != 0) {
                bytes[place++] = (byte) (left | 0x80);
                left >>>= 7;
            }
            bytes[place++] = (byte) left;
            at = place;
            return;
        }
        while ((left & ~0x7FL) != 0) {
            put((int) (left | 0x80));
            left >>>= 7;
        }
        put((int) left);
    }

    public void writeText(String text) {
        Integer known = texts.putIfAbsent(text, texts.size() + 1);
        if (known != null) {
            writeVarint(known);
            return;
        }
        writeVarint(0);
        writeVarint(text.length());
        for (int i = 0; i < text.length(); i++) {
            writeVarint(text.charAt(i)); // one byte for ASCII
        }
    }

    public void write(Attributes attributes) {
        writeVarint(attributes.size());
        attributes.forEach((key, value) -> {
            writeText(key);
            writeText(value);
        });
    }

    public void write(SeriesKey key) {
        writeText(key.metric());
        writeText(key.kind().name());
        write(key.attributes());
    }

    /** A value that knows how to be written; memory does not fail. */
    public void write(Body body) {
        try {
            body.write(this);
        } catch (IOException e) {
            throw new IllegalStateException("state cannot be written", e);
        }
    }

    @Override
    public void write(int b) {
        put(b);
    }

    @Override
    public void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        int done = 0;
        while (done < length) {
            if (at == StateImage.BLOCK_BYTES) {
                nextBlock();
            }
            int now = Math.min(length - done, StateImage.BLOCK_BYTES - at);
            System.arraycopy(bytes, from + done, block, at, now);
            at += now;
            done += now;
        }
    }

    @Override
    public void writeBoolean(boolean value) {
        put(value ? 1 : 0);
    }

    @Override
    public void writeByte(int value) {
        put(value);
    }

    @Override
    public void writeShort(int value) {
        put(value >>> 8);
        put(value);
    }

    @Override
    public void writeChar(int value) {
        writeShort(value);
    }

    @Override
    public void writeInt(int value) {
        if (hasRoom(Integer.BYTES)) {
            INT.set(block, at, value);
            at += Integer.BYTES;
        } else {
            writeShort(value >>> 16);
            writeShort(value);
        }
    }

    @Override
    public void writeLong(long value) {
        if (hasRoom(Long.BYTES)) {
            LONG.set(block, at, value);
            at += Long.BYTES;
        } else {
            writeInt((int) (value >>> 32));
            writeInt((int) value);
        }
    }

    @Override
    public void writeFloat(float value) {
        writeInt(Float.floatToRawIntBits(value));
    }

    @Override
    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    @Override
    public void writeBytes(String text) throws IOException {
        javaForm.writeBytes(text);
    }

    @Override
    public void writeChars(String text) throws IOException {
        javaForm.writeChars(text);
    }

    @Override
    public void writeUTF(String text) throws IOException {
        javaForm.writeUTF(text);
    }
}
