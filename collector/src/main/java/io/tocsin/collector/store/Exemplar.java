/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.store;

/**
 * One request that its producer traced. Immutable.
 *
 * @param traceId 32 hexadecimal digits
 */
public record Exemplar(String traceId, double latencySeconds, boolean failed, long endMillis) {}
