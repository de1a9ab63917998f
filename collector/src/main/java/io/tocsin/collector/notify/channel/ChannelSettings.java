/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import java.time.Duration;

/**
 * One channel, as configured. Immutable.
 *
 * @param name unique, 1 to 64 of a-z, 0-9 and '-'
 * @param sendResolved whether it is told of what has ended
 */
public record ChannelSettings(String name, Target target, boolean sendResolved, Delivery delivery) {

    /**
     * How often and how long it is tried. Waits double from the first to the longest and are shortened by up to a half at random.
     *
     * @param timeout of one attempt
     * @param attempts before a notification is given up; with the defaults that is after about a quarter of an hour
     */
    public record Delivery(Duration timeout, int attempts, Duration firstWait, Duration longestWait) {
        public static final Delivery DEFAULTS =
                new Delivery(Duration.ofSeconds(10), 20, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }
}
