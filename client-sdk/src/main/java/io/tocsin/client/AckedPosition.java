/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client;

/**
 * Where a batch is in the collector's journal; queries accept it to read one's own writes.
 *
 * @param partition number of the partition
 * @param offset number of the entry in its journal, 1 or more
 */
public record AckedPosition(int partition, long offset) {}
