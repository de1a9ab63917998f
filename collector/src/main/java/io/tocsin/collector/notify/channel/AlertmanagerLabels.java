/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import com.google.gson.JsonObject;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.series.Attributes;

/**
 * What makes an alert the same to Alertmanager: the same each time the problem comes. Names keep to what Prometheus allowed before
 * UTF-8, as many versions still do: {@code gen_ai.agent.name} is {@code gen_ai_agent_name}. Stateless.
 */
final class AlertmanagerLabels {
    private AlertmanagerLabels() {}

    static JsonObject of(Alert alert) {
        JsonObject labels = new JsonObject();
        add(labels, alert.labels());
        add(labels, alert.group());
        // ours last: a rule's label may not take the place of what identifies its alert
        labels.addProperty("alertname", alert.rule());
        labels.addProperty("rule", alert.rule());
        labels.addProperty("detector", alert.detector());
        labels.addProperty("kind", alert.kind());
        labels.addProperty("severity", Wording.word(alert.severity()));
        labels.addProperty("tenant", alert.tenant());
        if (alert.slo()) {
            labels.addProperty("slo_id", alert.rule());
        }
        return labels;
    }

    private static void add(JsonObject labels, Attributes attributes) {
        attributes.forEach((key, value) -> {
            // an empty value is no label
            if (!value.isEmpty()) {
                labels.addProperty(name(key), value);
            }
        });
    }

    private static String name(String key) {
        String name = key.replaceAll("[^a-zA-Z0-9_]", "_");
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }
}
