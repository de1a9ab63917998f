/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

/** Sends by one channel. Thread-safe: a test may be sent while a notification is. */
public interface Transport {

    /** Sends once, within about the channel's timeout; never throws for what the other side does. */
    Answer send(Notification notification, long nowMillis);

    /** Where to, without secrets. */
    String target();
}
