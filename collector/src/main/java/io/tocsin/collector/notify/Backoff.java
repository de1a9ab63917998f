/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.notify.channel.ChannelSettings.Delivery;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** How long to wait before the next attempt. Thread-safe if its chance is. */
final class Backoff {
    private static final int MOST_DOUBLINGS = 30;

    private final Delivery delivery;
    private final DoubleSupplier chance;

    /** @param chance from 0, included, to 1 */
    Backoff(Delivery delivery, DoubleSupplier chance) {
        this.delivery = delivery;
        this.chance = chance;
    }

    /**
     * Doubles from the first wait to the longest, then takes off up to a half at random, so that many collectors do not come back to a
     * server in step; never shorter than the server asked for.
     *
     * @param failures so far, 1 or more
     */
    long millis(int failures, Optional<Duration> askedFor) {
        long doubled = delivery.firstWait().toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long whole = Math.min(doubled, delivery.longestWait().toMillis());
        long shortened = whole - (long) (whole / 2.0 * chance.getAsDouble());
        return Math.max(shortened, askedFor.map(Duration::toMillis).orElse(0L));
    }
}
