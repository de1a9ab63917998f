/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.wire;

/** Reads the structure of a protobuf message from bytes, refusing what protobuf-java would refuse. Not thread-safe. */
final class ByteCursor {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH_DELIMITED = 2;
    private static final int START_GROUP = 3;
    private static final int END_GROUP = 4;
    private static final int FIXED32 = 5;

    private static final int MAX_VARINT_BYTES = 10;
    /** As protobuf-java's, so that both stop at the same message. */
    private static final int MAX_DEPTH = 100;

    private byte[] bytes = {};
    private int position;
    private int limit;

    void over(byte[] newBytes, int offset, int length) {
        bytes = newBytes;
        position = offset;
        limit = offset + length;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    int limit() {
        return limit;
    }

    void limit(int newLimit) {
        limit = newLimit;
    }

    boolean atEnd() {
        return position == limit;
    }

    int readTag(String within) throws MalformedBatchException {
        int tag = (int) readVarint(within);
        if (tag >>> 3 == 0) {
            throw new MalformedBatchException(within + ": field number must be 1 or more, was 0");
        }
        return tag;
    }

    long readVarint(String field) throws MalformedBatchException {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            if (position == limit) {
                throw new MalformedBatchException(field + ": number ends after " + i + " bytes without its last byte");
            }
            byte next = bytes[position++];
            value |= (next & 0x7FL) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw tooLong(field);
    }

    static MalformedBatchException tooLong(String field) {
        return new MalformedBatchException(
                field + ": number must have at most " + MAX_VARINT_BYTES + " bytes, has more");
    }

    /** Reads the length of what follows and returns where it ends. */
    int readEnd(String field) throws MalformedBatchException {
        int length = (int) readVarint(field);
        int left = limit - position;
        if (length < 0 || length > left) {
            throw new MalformedBatchException(field + ": length must be at most the " + left + " bytes left, was "
                    + Integer.toUnsignedString(length));
        }
        return position + length;
    }

    void moveTo(int newPosition) {
        position = newPosition;
    }

    void advance(String field, int count) throws MalformedBatchException {
        if (limit - position < count) {
            throw new MalformedBatchException(
                    field + ": needs " + count + " bytes, only " + (limit - position) + " are left");
        }
        position += count;
    }

    /** Steps over the field that the tag began; {@code depth} counts the messages and groups around it. */
    void skip(String within, int tag, int depth) throws MalformedBatchException {
        switch (tag & 7) {
            case VARINT -> readVarint(within);
            case FIXED64 -> advance(within, 8);
            case LENGTH_DELIMITED -> position = readEnd(within);
            case START_GROUP -> skipGroup(within, tag >>> 3, depth);
            case FIXED32 -> advance(within, 4);
            default ->
                throw new MalformedBatchException(within + ": field " + (tag >>> 3) + " has wire type " + (tag & 7)
                        + ", allowed here are 0, 1, 2, 3 and 5");
        }
    }

    private void skipGroup(String within, int number, int depth) throws MalformedBatchException {
        if (depth >= MAX_DEPTH) {
            throw new MalformedBatchException(
                    within + ": messages must nest at most " + MAX_DEPTH + " deep, do deeper");
        }
        while (!atEnd()) {
            int tag = readTag(within);
            if ((tag & 7) != END_GROUP) {
                skip(within, tag, depth + 1);
            } else if (tag >>> 3 == number) {
                return;
            } else {
                throw new MalformedBatchException(
                        within + ": group " + number + " ends with the end of group " + (tag >>> 3));
            }
        }
        throw new MalformedBatchException(within + ": group " + number + " has no end");
    }
}
