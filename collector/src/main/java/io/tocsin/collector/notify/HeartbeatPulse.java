/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify;

import io.tocsin.collector.notify.NotifySettings.Heartbeat;
import io.tocsin.collector.notify.channel.Notification;
import io.tocsin.collector.notify.channel.Notification.Kind;
import java.util.List;
import java.util.Optional;

/** Says again and again that all is well, so that somebody else notices when it no longer does. Confined to the dispatcher's thread. */
final class HeartbeatPulse {
    private final Heartbeat settings;
    private long nextMillis;
    private long firstMillis;

    HeartbeatPulse(Heartbeat settings) {
        this.settings = settings;
    }

    String channel() {
        return settings.channel();
    }

    long nextMillis() {
        return nextMillis;
    }

    /** @param well whether the collector does its work; else it is silent, which is the alarm */
    Optional<Notification> beat(long nowMillis, boolean well) {
        if (nowMillis < nextMillis) {
            return Optional.empty();
        }
        firstMillis = firstMillis == 0 ? nowMillis : firstMillis;
        nextMillis = nowMillis + settings.interval().toMillis();
        if (!well) {
            return Optional.empty();
        }
        // it fires since the first beat: to Alertmanager it is one alert
        String id = "heartbeat-" + nowMillis;
        return Optional.of(Notification.of(
                Kind.HEARTBEAT,
                id,
                "Tocsin is alive; alarm when this stops for longer than "
                        + settings.interval().toSeconds() * 3 + " s",
                List.of(),
                firstMillis));
    }
}
