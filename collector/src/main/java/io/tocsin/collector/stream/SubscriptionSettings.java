/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.stream;

import java.time.Duration;

/**
 * Limits of subscriptions. Immutable.
 *
 * @param maxSubscribers at once, over all tenants
 * @param maxBehind events that may wait for a subscriber that is slow
 * @param slowAfter how long a subscriber may be behind before it counts as slow: a burst alone makes nobody slow
 * @param keepAlive how often a silent subscription says that it is there
 */
public record SubscriptionSettings(int maxSubscribers, int maxBehind, Duration slowAfter, Duration keepAlive) {
    public static final SubscriptionSettings DEFAULTS =
            new SubscriptionSettings(1_000, 1_000, Duration.ofSeconds(10), Duration.ofSeconds(5));

    public SubscriptionSettings {
        if (maxSubscribers < 1 || maxBehind < 1 || slowAfter.isNegative() || keepAlive.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "subscriptions need maxSubscribers and maxBehind of 1 or more, slowAfter of 0 or"
                            + " more and keepAlive of 1 ms or more, had " + maxSubscribers + ", " + maxBehind + ", "
                            + slowAfter
                            + ", " + keepAlive);
        }
    }
}
