/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.telemetry;

/**
 * How sending traces goes, at one moment. Immutable.
 *
 * @param enabled whether any are made
 * @param endpoint where they go
 * @param exported spans that the endpoint took
 * @param failed spans that it did not take
 * @param dropped spans that were not even sent, because too many waited
 * @param lastError what went wrong last, in words; empty if nothing has since the last success
 */
public record TracingStatus(
        boolean enabled, String endpoint, long exported, long failed, long dropped, String lastError) {}
