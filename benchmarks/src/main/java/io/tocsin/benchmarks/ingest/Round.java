/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.benchmarks.ingest;

import io.tocsin.benchmarks.report.Quantiles;

/**
 * One server for some seconds. Immutable.
 *
 * @param ackedPerSecond outcomes acknowledged a second
 * @param appliedPerSecond outcomes a second until the last of them was applied, not only acknowledged; the same for the bare server
 * @param cpuNanosPerOutcome time of all processors in the server's process
 * @param allocatedPerOutcome bytes of heap
 * @param refusedBatches sent again later, because the server had too much to do
 * @param ackMillis from the sending of a batch, the last time if it was refused, to its acknowledgement
 */
record Round(
        double ackedPerSecond,
        double appliedPerSecond,
        double cpuNanosPerOutcome,
        double allocatedPerOutcome,
        long refusedBatches,
        Quantiles ackMillis) {}
