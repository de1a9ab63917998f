/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.notify.NotifySettings;
import io.tocsin.collector.notify.NotifySettings.Heartbeat;
import io.tocsin.collector.notify.Route;
import io.tocsin.collector.notify.channel.ChannelSettings;
import io.tocsin.collector.notify.channel.ChannelSettings.Delivery;
import io.tocsin.collector.notify.channel.Target;
import io.tocsin.collector.notify.channel.WebhookSecrets;
import io.tocsin.collector.rule.Spelling;
import io.tocsin.collector.security.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Puts together whom to tell: from the lists of the file and the settings of their own. Used once. */
final class NotifyReader {
    /** The channel that {@code monitoring.webhook.url} makes. */
    static final String DEFAULT_WEBHOOK = "default-webhook";

    private final CollectorConfig config;
    private final Map<String, SettingValue> values;
    private final SecretReader secrets;
    private final Problems problems;

    NotifyReader(CollectorConfig config, Map<String, SettingValue> values, SecretReader secrets, Problems problems) {
        this.config = config;
        this.values = values;
        this.secrets = secrets;
        this.problems = problems;
    }

    /** A profile's channel takes the place of one of the same name; a profile's routes take the place of all. */
    NotifySettings read(ConfigFile file, Profile profile) {
        List<FileSection> sections = List.of(file.forAll(), file.of(profile));
        Map<String, ChannelSettings> byName = new LinkedHashMap<>();
        for (FileSection section : sections) {
            section.list(ChannelReader.PATH)
                    .ifPresent(list -> ChannelReader.read(list, file.name(), secrets, problems)
                            .forEach(channel -> byName.put(channel.name(), channel)));
        }
        List<String> declared = List.copyOf(byName.keySet());
        List<Route> routes = new ArrayList<>();
        Optional<ChannelSettings> webhook = webhook();
        webhook.ifPresent(channel -> {
            byName.put(channel.name(), channel);
            routes.add(Route.toAll(List.of(channel.name())));
        });
        routes.addAll(routes(file, sections, declared, List.copyOf(byName.keySet())));
        return new NotifySettings(
                config.alerting().enabled(),
                List.copyOf(byName.values()),
                routes,
                heartbeat(List.copyOf(byName.keySet())),
                config.notifications().queueMax(),
                generator());
    }

    private List<Route> routes(ConfigFile file, List<FileSection> sections, List<String> declared, List<String> all) {
        Optional<Yaml> list =
                sections.get(1).list(RouteReader.PATH).or(() -> sections.get(0).list(RouteReader.PATH));
        if (list.isEmpty()) {
            return declared.isEmpty() ? List.of() : List.of(Route.toAll(declared));
        }
        // a channel that cannot be read is not there; saying so of each route that names it would only hide why
        Problems ofRoutes = problems.areAbout(ChannelReader.PATH) ? new Problems() : problems;
        return RouteReader.read(list.get(), file.name(), all, secrets, ofRoutes);
    }

    private Optional<ChannelSettings> webhook() {
        Optional<Secret> url = config.webhook().url();
        Optional<Secret> secret = config.webhook().secret();
        if (secret.filter(s -> !WebhookSecrets.isSound(s)).isPresent()) {
            problem("webhook.secret", "must be a text, or whsec_ and base64");
        }
        return url.filter(this::isAllowed)
                .map(address -> new ChannelSettings(
                        DEFAULT_WEBHOOK,
                        new Target.Webhook(address, secret.map(List::of).orElse(List.of())),
                        true,
                        Delivery.DEFAULTS));
    }

    private boolean isAllowed(Secret url) {
        try {
            if (config.webhook().allowHttp() || WebAddress.isPrivate(WebAddress.of(url.reveal()))) {
                return true;
            }
            problem(
                    "webhook.url",
                    "must be https, unless it is on this machine; or set " + CollectorConfig.PREFIX
                            + ".webhook.allow-http: true");
        } catch (IllegalArgumentException e) {
            problem("webhook.url", "must be " + WebAddress.ALLOWED);
        }
        return false;
    }

    private Optional<Heartbeat> heartbeat(List<String> channels) {
        boolean timed = config.heartbeat().interval().isPresent();
        boolean placed = config.heartbeat().channel().isPresent();
        if (timed && !placed) {
            problem("heartbeat.interval", "needs " + CollectorConfig.PREFIX + ".heartbeat.channel beside it");
        } else if (placed && !timed) {
            problem("heartbeat.channel", "needs " + CollectorConfig.PREFIX + ".heartbeat.interval beside it");
        }
        Optional<String> unknown = config.heartbeat().channel().filter(name -> !channels.contains(name));
        unknown.ifPresent(name -> problem(
                "heartbeat.channel",
                "names \"" + name + "\", which "
                        + (channels.isEmpty()
                                ? "is not there: " + ChannelReader.PATH + " has no channel"
                                : Spelling.unknown(name, channels))));
        return unknown.isPresent()
                ? Optional.empty()
                : config.heartbeat()
                        .channel()
                        .flatMap(name -> config.heartbeat().interval().map(interval -> new Heartbeat(interval, name)));
    }

    private URI generator() {
        return config.notifications()
                .externalUrl()
                .orElseGet(() -> URI.create(
                        "http://" + config.http().host() + ":" + config.http().port() + "/"));
    }

    private void problem(String key, String what) {
        SettingValue value = Objects.requireNonNull(values.get(CollectorConfig.PREFIX + "." + key), key);
        if (!problems.areAbout(value.key())) {
            problems.add(value.key(), what, value.origin().words());
        }
    }
}
