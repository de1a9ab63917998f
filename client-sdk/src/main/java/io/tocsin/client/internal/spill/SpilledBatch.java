/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.spill;

/** A numbered batch of so many records, as it goes over the wire. */
public record SpilledBatch(long sequence, int rows, byte[] bytes) {}
