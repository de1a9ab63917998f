/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.notify.NotifySettings;
import io.tocsin.collector.notify.channel.ChannelSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Settings that are sound but have no effect, because what they are for is switched off. Stateless. */
final class Unused {
    private Unused() {}

    /** Adds what to tell people. */
    static void notices(CollectorConfig config, Map<String, SettingValue> values, List<String> into) {
        if (!config.opentelemetry().enabled()) {
            notice("jaeger.endpoint", "opentelemetry.enabled", values, into);
            notice("service-name", "opentelemetry.enabled", values, into);
        }
        if (!config.slo().enabled()) {
            notice("slo.evaluation-interval", "slo.enabled", values, into);
        }
        if (!config.anomalyDetection().enabled()) {
            notice("anomaly-detection.window-size", "anomaly-detection.enabled", values, into);
        }
        if (!config.alerting().enabled()) {
            notice("webhook.url", "alerting.enabled", values, into);
        }
    }

    /** Adds channels that nobody would be told by. */
    static void notices(NotifySettings notifications, List<String> into) {
        if (!notifications.enabled()) {
            return;
        }
        for (ChannelSettings channel : notifications.channels()) {
            boolean isUsed =
                    notifications.routes().stream().anyMatch(r -> r.channels().contains(channel.name()))
                            || notifications
                                    .heartbeat()
                                    .filter(h -> h.channel().equals(channel.name()))
                                    .isPresent();
            if (!isUsed) {
                into.add("channel " + channel.name() + " is in no route of " + RouteReader.PATH
                        + ", and sends nothing but tests");
            }
        }
    }

    private static void notice(String key, String flag, Map<String, SettingValue> values, List<String> into) {
        String full = CollectorConfig.PREFIX + "." + key;
        SettingOrigin origin = Objects.requireNonNull(values.get(full), full).origin();
        boolean isSet = origin.kind().compareTo(SettingOrigin.Kind.PROFILE) < 0;
        if (isSet) {
            into.add(full + " has no effect, " + CollectorConfig.PREFIX + "." + flag + " is false (" + origin.words()
                    + ")");
        }
    }
}
