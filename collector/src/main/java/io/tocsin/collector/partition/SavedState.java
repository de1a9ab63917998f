/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import io.tocsin.collector.checkpoint.Checkpoint;
import io.tocsin.collector.checkpoint.CheckpointFolder;
import io.tocsin.collector.journal.segment.SegmentLog;
import java.util.Optional;

/**
 * Where a partition's checkpoints are.
 *
 * @param newest the one to go on from; empty: the journal is applied from its first entry
 * @param log what of it is not needed by checkpoints may go
 */
record SavedState(CheckpointFolder folder, Optional<Checkpoint> newest, SegmentLog log) {}
