/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

import java.util.HexFormat;

/**
 * One request that its producer traced. Immutable.
 *
 * @param traceId 32 hexadecimal digits
 */
public record Exemplar(String traceId, double latencySeconds, boolean failed, long endMillis) {

    /** The two halves of a W3C trace id as text. */
    public static String idOf(long high, long low) {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
