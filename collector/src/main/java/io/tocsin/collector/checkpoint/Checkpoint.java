/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.checkpoint;

/** A checkpoint that was read and is sound. */
public record Checkpoint(CheckpointHeader header, StateImage state) {}
