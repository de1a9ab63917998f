/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes protobuf into an array of exactly the right size. Not thread-safe. */
final class ByteSink {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int position;

    ByteSink(int size) {
        bytes = new byte[size];
    }

    static int sizeOf(long varint) {
        // 7 bits a byte; the constant turns the number of significant bits into a rounded-up seventh
        return (640 - Long.numberOfLeadingZeros(varint) * 9) >>> 6;
    }

    /** Size of a length-delimited field below number 16, tag and length included; nothing if it is empty. */
    static int sizeOfField(int length) {
        return length == 0 ? 0 : 1 + sizeOf(length) + length;
    }

    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[position++] = (byte) rest;
    }

    /** Begins a length-delimited field below number 16. */
    void field(int number, int length) {
        bytes[position++] = (byte) (number << 3 | ByteCursor.LENGTH_DELIMITED);
        varint(length);
    }

    /** A varint field below number 16; nothing if it is 0, which is how proto3 writes it. */
    void number(int number, long value) {
        if (value != 0) {
            bytes[position++] = (byte) (number << 3 | ByteCursor.VARINT);
            varint(value);
        }
    }

    void fixed64(double value) {
        DOUBLES.set(bytes, position, value);
        position += 8;
    }

    void fixed64(long value) {
        LONGS.set(bytes, position, value);
        position += 8;
    }

    void oneByte(byte value) {
        bytes[position++] = value;
    }

    byte[] toBytes() {
        if (position != bytes.length) {
            throw new IllegalStateException("wrote " + position + " bytes of " + bytes.length);
        }
        return bytes;
    }
}
