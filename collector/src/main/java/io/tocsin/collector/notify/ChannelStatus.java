/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import java.util.List;

/**
 * How a channel does. Immutable.
 *
 * @param target without secrets
 * @param lastError "" if there was none since the last delivery
 * @param lastDeliveredMillis by the wall clock; 0: none was
 * @param deadLetters given up since the start, newest first, the last {@value ChannelSender#DEAD_LETTERS_KEPT} at most
 */
public record ChannelStatus(
        String name,
        String type,
        String target,
        long delivered,
        long retried,
        long lost,
        int waiting,
        String lastError,
        long lastDeliveredMillis,
        List<DeadLetter> deadLetters) {}
