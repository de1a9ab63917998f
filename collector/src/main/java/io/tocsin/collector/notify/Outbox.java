/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.notify.channel.Notification;
import java.util.Optional;

/** What waits for one channel, in order. Thread-safe. One in memory loses it with the process. */
interface Outbox {

    /** Keeps a notification until it is {@link #done}; returns the one that was given up for it, if there were too many. */
    Optional<Notification> add(Notification notification);

    /** The one that has waited longest; it stays. */
    Optional<Notification> first();

    /** It was sent or given up; nothing happens if it is not there any more. */
    void done(Notification notification);

    int size();
}
