/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The body of a mail. Stateless. */
final class MailText {
    private static final String RESOLVED = "#2eb67d";

    private MailText() {}

    static String plain(Notification notification) {
        StringBuilder text = new StringBuilder(lead(notification)).append("\n");
        for (Alert alert : alerts(notification)) {
            text.append("\n").append(heading(alert)).append("\n");
            facts(alert)
                    .forEach((name, value) -> text.append("  ")
                            .append(name)
                            .append(": ")
                            .append(value)
                            .append("\n"));
        }
        if (notification.omitted() > 0) {
            text.append("\n… and ").append(notification.omitted()).append(" more\n");
        }
        return text.append("\n-- \nTocsin, ")
                .append(Wording.time(notification.atMillis()))
                .append(", notification ")
                .append(notification.id())
                .append("\n")
                .toString();
    }

    static String html(Notification notification) {
        String colour = notification.isResolved() ? RESOLVED : SlackTransport.colour(notification.severity());
        StringBuilder html = new StringBuilder(
                        "<!doctype html><html><body style=\"font:15px/1.4 sans-serif;margin:0\">")
                .append("<div style=\"border-left:6px solid ")
                .append(colour)
                .append(";padding:8px 14px\"><p style=\"font-size:18px;margin:0 0 8px\"><b>")
                .append(escaped(lead(notification)))
                .append("</b></p>");
        for (Alert alert : alerts(notification)) {
            html.append("<p style=\"margin:14px 0 4px\"><b>")
                    .append(escaped(heading(alert)))
                    .append("</b></p><table>");
            facts(alert)
                    .forEach((name, value) -> html.append(
                                    "<tr><td style=\"color:#666;padding-right:12px;" + "vertical-align:top\">")
                            .append(escaped(name))
                            .append("</td><td>")
                            .append(escaped(value))
                            .append("</td></tr>"));
            html.append("</table>");
        }
        if (notification.omitted() > 0) {
            html.append("<p>… and ").append(notification.omitted()).append(" more</p>");
        }
        return html.append("<p style=\"color:#888;font-size:12px;margin-top:16px\">Tocsin, ")
                .append(Wording.time(notification.atMillis()))
                .append(", notification ")
                .append(notification.id())
                .append("</p></div></body></html>\n")
                .toString();
    }

    private static List<Alert> alerts(Notification notification) {
        List<Alert> alerts = new ArrayList<>(notification.firing());
        alerts.addAll(notification.resolved());
        return alerts;
    }

    private static String lead(Notification notification) {
        return switch (notification.kind()) {
            case ALERTS -> Wording.title(notification);
            case NOTICE, HEARTBEAT, TEST -> notification.text();
        };
    }

    private static String heading(Alert alert) {
        String place = Wording.place(alert);
        return alert.rule() + (place.isEmpty() ? "" : " (" + place + ")") + ", " + Wording.word(alert.severity());
    }

    /** In the order of what one wants to know. */
    private static Map<String, String> facts(Alert alert) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("What", Wording.summary(alert));
        if (!alert.description().isEmpty() && !alert.description().equals(Wording.summary(alert))) {
            facts.put("Rule says", alert.description());
        }
        facts.put("State", Wording.standing(alert));
        evidence(alert.evidence(), facts);
        alert.group().forEach(facts::put);
        alert.labels().forEach(facts::put);
        if (!alert.exampleTraceIds().isEmpty()) {
            facts.put("Example traces", String.join(" ", alert.exampleTraceIds()));
        }
        facts.put("Alert", alert.id());
        return facts;
    }

    private static void evidence(Evidence evidence, Map<String, String> facts) {
        if (!Double.isNaN(evidence.observed())) {
            facts.put("Seen", number(evidence.observed(), evidence.unit()));
        }
        String low = Double.isNaN(evidence.low()) ? "" : number(evidence.low(), evidence.unit());
        String high = Double.isNaN(evidence.high()) ? "" : number(evidence.high(), evidence.unit());
        if (!low.isEmpty() || !high.isEmpty()) {
            facts.put(
                    "Expected",
                    low.isEmpty() ? "at most " + high : high.isEmpty() ? "at least " + low : low + " to " + high);
        }
    }

    private static String number(double value, String unit) {
        String number = String.format(Locale.ROOT, "%.4g", value);
        // UCUM's "1" is no unit to a person
        return unit.isEmpty() || unit.equals("1") ? number : number + " " + unit;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
