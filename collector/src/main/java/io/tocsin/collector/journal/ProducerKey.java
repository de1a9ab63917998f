/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.journal;

/** Scope of series ids and sequences. */
public record ProducerKey(String tenant, String producer, long epoch) {}
