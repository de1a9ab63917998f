/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.Evidence;
import io.tocsin.collector.series.Attributes;
import java.time.Instant;

/**
 * Notifications as our own JSON, for webhooks and the log: names in snake case, times in ISO 8601 UTC, what is not known left out.
 * Stateless.
 */
final class AlertJson {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private AlertJson() {}

    static String write(JsonObject object) {
        return GSON.toJson(object);
    }

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** By the Standard Webhooks: type, timestamp and data. */
    static JsonObject envelope(Notification notification) {
        JsonObject envelope = new JsonObject();
        envelope.addProperty("type", type(notification));
        envelope.addProperty("timestamp", time(notification.atMillis()));
        envelope.add("data", data(notification));
        return envelope;
    }

    static String type(Notification notification) {
        return switch (notification.kind()) {
            case ALERTS -> notification.isResolved() ? "alerts.resolved" : "alerts.firing";
            case NOTICE -> "notice";
            case HEARTBEAT -> "heartbeat";
            case TEST -> "test";
        };
    }

    private static JsonObject data(Notification notification) {
        JsonObject data = new JsonObject();
        data.addProperty("id", notification.id());
        data.addProperty("thread", notification.thread());
        data.addProperty("severity", Wording.word(notification.severity()));
        data.addProperty("title", Wording.title(notification));
        if (notification.kind() != Notification.Kind.ALERTS) {
            data.addProperty("text", notification.text());
        }
        data.add("group", attributes(notification.group()));
        data.addProperty("repeated", notification.repeated());
        JsonArray alerts = new JsonArray();
        notification.firing().forEach(alert -> alerts.add(alert(alert)));
        notification.resolved().forEach(alert -> alerts.add(alert(alert)));
        data.add("alerts", alerts);
        data.addProperty("omitted", notification.omitted());
        return data;
    }

    static JsonObject alert(Alert alert) {
        JsonObject json = new JsonObject();
        json.addProperty("id", alert.id());
        json.addProperty("event_id", alert.id() + "." + alert.lastEvent());
        json.addProperty("dedup_key", alert.dedupKey());
        json.addProperty("tenant", alert.tenant());
        json.addProperty("state", Wording.word(alert.state()));
        json.addProperty("severity", Wording.word(alert.severity()));
        json.addProperty("rule", alert.rule());
        json.addProperty("detector", alert.detector());
        json.addProperty("slo", alert.slo());
        json.addProperty("kind", alert.kind());
        json.add("group", attributes(alert.group()));
        json.add("labels", attributes(alert.labels()));
        json.addProperty("summary", Wording.summary(alert));
        json.addProperty("description", alert.description());
        json.add("evidence", evidence(alert.evidence()));
        json.addProperty("starts_at", time(alert.startedMillis()));
        if (alert.firedMillis() != 0) {
            json.addProperty("fired_at", time(alert.firedMillis()));
        }
        if (alert.resolvedMillis() != 0) {
            json.addProperty("resolved_at", time(alert.resolvedMillis()));
            json.addProperty("resolution", alert.resolution());
        }
        alert.acknowledgement().ifPresent(acknowledgement -> {
            json.addProperty("acknowledged_by", acknowledgement.by());
            json.addProperty("acknowledged_note", acknowledgement.note());
        });
        JsonArray traces = new JsonArray();
        alert.exampleTraceIds().forEach(traces::add);
        json.add("example_trace_ids", traces);
        return json;
    }

    private static JsonObject evidence(Evidence evidence) {
        JsonObject json = new JsonObject();
        number(json, "score", evidence.score());
        number(json, "observed", evidence.observed());
        number(json, "expected_low", evidence.low());
        number(json, "expected_high", evidence.high());
        json.addProperty("unit", evidence.unit());
        return json;
    }

    private static void number(JsonObject json, String name, double value) {
        // JSON has no word for the others
        if (Double.isFinite(value)) {
            json.addProperty(name, value);
        }
    }

    static JsonObject attributes(Attributes attributes) {
        JsonObject json = new JsonObject();
        attributes.forEach(json::addProperty);
        return json;
    }
}
