/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.checkpoint;

/**
 * What a checkpoint is of.
 *
 * @param offset of the last journal entry that it contains the consequences of
 * @param engineMillis engine time by then
 * @param build that wrote it
 */
public record CheckpointHeader(int partition, long offset, long engineMillis, String build) {}
