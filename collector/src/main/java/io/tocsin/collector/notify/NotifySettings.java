/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.notify.channel.ChannelSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whom to tell. Immutable.
 *
 * @param enabled whether anything is sent
 * @param routes in the order in which they are tried
 * @param queueMax notifications that may wait for a channel; the oldest is given up for a further one
 * @param generator where alerts say they come from
 */
public record NotifySettings(
        boolean enabled,
        List<ChannelSettings> channels,
        List<Route> routes,
        Optional<Heartbeat> heartbeat,
        int queueMax,
        URI generator) {
    public static final int DEFAULT_QUEUE_MAX = 1_000;

    /** Nobody. */
    public static final NotifySettings NONE = new NotifySettings(
            true, List.of(), List.of(), Optional.empty(), DEFAULT_QUEUE_MAX, URI.create("http://localhost/"));

    /** Says by a channel, again and again, that the collector is alive. */
    public record Heartbeat(Duration interval, String channel) {}

    public NotifySettings {
        channels = List.copyOf(channels);
        routes = List.copyOf(routes);
    }
}
