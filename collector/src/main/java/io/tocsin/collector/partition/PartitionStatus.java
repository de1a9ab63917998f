/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.partition;

import java.util.Map;

/**
 * How a partition does, at one moment.
 *
 * @param journalOffset last entry written
 * @param appliedOffset last entry the engine has applied
 * @param engineMillis engine time: the last tick; 0 before the first
 * @param lagMillis wall time since the oldest entry that waits was written; 0 when none waits
 * @param series series known, over all tenants
 * @param producers producers by liveness: "alive", "lost", "stopped"
 * @param problem why the engine stands still; empty while it runs
 */
public record PartitionStatus(
        long journalOffset,
        long appliedOffset,
        long engineMillis,
        long lagMillis,
        int series,
        Map<String, Integer> producers,
        String problem) {}
