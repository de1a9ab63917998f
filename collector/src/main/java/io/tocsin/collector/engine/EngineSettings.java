/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine;

import java.time.Duration;

/**
 * Bounds and times of an engine. Part of what decides its events, so the same journal wants the same settings.
 *
 * @param maxSeries per tenant; further ones share the overflow series of their metric
 * @param idleTimeout a series unseen this long is forgotten, and a group without series
 * @param allowance a window is judged this long after its end
 * @param sealAfter a window takes late records until this long after its end
 * @param maxOpenTasks started tasks kept per partition; further starts are not watched, and counted
 * @param maxFailures calls that may throw in a row before a detector is set aside
 * @param maxGroupsPerRule further groups are not watched, and counted
 * @param lostCounts how long a lost producer still makes silence unknown
 */
public record EngineSettings(
        int maxSeries,
        Duration idleTimeout,
        Duration allowance,
        Duration sealAfter,
        int maxOpenTasks,
        int maxFailures,
        int maxGroupsPerRule,
        Duration lostCounts) {

    public static final EngineSettings DEFAULTS = new EngineSettings(
            100_000,
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            100_000,
            5,
            10_000,
            Duration.ofMinutes(10));
}
