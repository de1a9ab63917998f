/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

/**
 * A place in a journal.
 *
 * @param partition number of the partition
 * @param offset number of the entry, 1 for the first; 0: before the first
 */
public record Position(int partition, long offset) {}
