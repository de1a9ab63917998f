/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.opentelemetry;

/** Reads ids as OpenTelemetry shows them, in lower-case hexadecimal digits, without allocating. */
final class HexIds {
    static final int CHARS_PER_LONG = 16;
    private static final int BITS_PER_CHAR = 4;

    private HexIds() {}

    static long longAt(String hex, int from) {
        long value = 0;
        for (int i = from; i < from + CHARS_PER_LONG; i++) {
            value = value << BITS_PER_CHAR | Character.digit(hex.charAt(i), 16);
        }
        return value;
    }
}
