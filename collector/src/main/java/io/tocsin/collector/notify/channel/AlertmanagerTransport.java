/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.notify.channel.Notification.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Posts to Alertmanager's API v2. What still fires ends, unless it is sent again, four intervals from now: as Prometheus does it, so
 * that alerts of a collector that died do not fire for ever. Thread-safe.
 */
final class AlertmanagerTransport implements Transport {
    private static final int INTERVALS_UNTIL_OVER = 4;
    private static final Gson GSON = new Gson();

    private final Target.Alertmanager settings;
    private final URI generator;
    private final HttpPost post;

    AlertmanagerTransport(Target.Alertmanager alertmanager, URI generator, Duration timeout) {
        this.settings = alertmanager;
        this.generator = generator;
        String base = alertmanager.url().toString();
        this.post = new HttpPost(URI.create(base.replaceAll("/+$", "") + "/api/v2/alerts"), timeout);
    }

    @Override
    public Answer send(Notification notification, long nowMillis) {
        Map<String, String> headers = settings.bearer()
                .map(token -> Map.of("Authorization", "Bearer " + token.reveal()))
                .orElse(Map.of());
        return post.send(GSON.toJson(alerts(notification, nowMillis)), headers, nowMillis);
    }

    @Override
    public String target() {
        URI url = settings.url();
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()) + url.getPath();
    }

    JsonArray alerts(Notification notification, long nowMillis) {
        JsonArray alerts = new JsonArray();
        if (notification.kind() != Kind.ALERTS) {
            alerts.add(ownAlert(notification, nowMillis));
        }
        notification.firing().forEach(alert -> alerts.add(alert(alert, over(nowMillis))));
        notification.resolved().forEach(alert -> alerts.add(alert(alert, alert.resolvedMillis())));
        return alerts;
    }

    private long over(long nowMillis) {
        return nowMillis + INTERVALS_UNTIL_OVER * settings.resend().toMillis();
    }

    private JsonObject alert(Alert alert, long endsMillis) {
        JsonObject annotations = new JsonObject();
        annotations.addProperty("summary", Wording.summary(alert));
        annotations.addProperty(
                "description", alert.description().isEmpty() ? Wording.summary(alert) : alert.description());
        annotations.addProperty("alert_id", alert.id());
        alert.acknowledgement().ifPresent(a -> annotations.addProperty("acknowledged_by", a.by()));
        if (!alert.exampleTraceIds().isEmpty()) {
            annotations.addProperty("example_trace_ids", String.join(" ", alert.exampleTraceIds()));
        }
        return alert(AlertmanagerLabels.of(alert), annotations, alert.firedMillis(), endsMillis);
    }

    /** Of a notice, a heartbeat or a test: an alert by itself, which ends when it is not sent again. */
    private JsonObject ownAlert(Notification notification, long nowMillis) {
        String name = switch (notification.kind()) {
            case HEARTBEAT -> "TocsinHeartbeat";
            case TEST -> "TocsinTest";
            case NOTICE, ALERTS -> "TocsinNotice";
        };
        JsonObject labels = new JsonObject();
        labels.addProperty("alertname", name);
        labels.addProperty("severity", Wording.word(notification.severity()));
        JsonObject annotations = new JsonObject();
        annotations.addProperty("summary", notification.text());
        annotations.addProperty("description", notification.text());
        return alert(labels, annotations, notification.atMillis(), over(nowMillis));
    }

    private JsonObject alert(JsonObject labels, JsonObject annotations, long startsMillis, long endsMillis) {
        JsonObject json = new JsonObject();
        json.add("labels", labels);
        json.add("annotations", annotations);
        json.addProperty("startsAt", AlertJson.time(startsMillis));
        // one that ends before it starts is refused, with all that is sent beside it
        json.addProperty("endsAt", AlertJson.time(Math.max(startsMillis + 1, endsMillis)));
        json.addProperty("generatorURL", generator.toString());
        return json;
    }
}
