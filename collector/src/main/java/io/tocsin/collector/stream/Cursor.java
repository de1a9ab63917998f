/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import io.tocsin.collector.call.CallErrors;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * A place in an event log. Opaque to subscribers. The filter is not part of it: a subscriber may change its mind and resume.
 *
 * @param partition whose log
 * @param log tells this log from one of another run, in which the same numbers mean other events
 * @param number the last event that was dealt with; 0: none
 */
record Cursor(int partition, long log, long number) {
    private static final byte VERSION = 1;
    private static final int BYTES = 1 + Integer.BYTES + Long.BYTES + Long.BYTES;

    String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.put(VERSION).putInt(partition).putLong(log).putLong(number);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Throws INVALID_ARGUMENT for what was never a cursor. */
    static Cursor decode(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES && bytes.get() == VERSION) {
                Cursor cursor = new Cursor(bytes.getInt(), bytes.getLong(), bytes.getLong());
                if (cursor.number >= 0) {
                    return cursor;
                }
            }
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            // answered below
        }
        throw CallErrors.invalid(
                "cursor",
                "must be empty or the cursor of a response, was \""
                        + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + "\"");
    }
}
