/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.client.internal.delivery;

import java.time.Duration;

/**
 * How long to wait for what.
 *
 * @param firstBackoff upper end of the wait after a first failure; it doubles with each further one
 * @param longestBackoff where the doubling ends
 * @param failuresToOpen failures in a row that open the circuit breaker
 * @param open how long it stays open at most, half of it at least
 * @param answer how long the collector may be silent while something is unanswered
 * @param heartbeat how often to say "alive"
 */
public record Patience(
        Duration firstBackoff,
        Duration longestBackoff,
        int failuresToOpen,
        Duration open,
        Duration answer,
        Duration heartbeat) {
    public static final Patience USUAL = new Patience(
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            10,
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1));
}
