/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.tocsin.collector.engine.alert.Alert;
import io.tocsin.collector.engine.alert.AlertState;
import io.tocsin.detectors.Severity;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Posts to an incoming webhook: a title that says all on a locked telephone, then a block for each alert. Thread-safe. */
final class SlackTransport implements Transport {
    /** Further ones are counted; Slack takes 50 blocks, a person fewer. */
    static final int MAX_BLOCKS = 10;

    private static final int MAX_TEXT = 2_900;
    private static final String RESOLVED = "#2eb67d";

    private final HttpPost post;

    SlackTransport(Target.Slack slack, Duration timeout) {
        this.post = new HttpPost(URI.create(slack.url().reveal()), timeout);
    }

    @Override
    public Answer send(Notification notification, long nowMillis) {
        return post.send(AlertJson.write(message(notification)), Map.of(), nowMillis);
    }

    @Override
    public String target() {
        return post.withoutPath();
    }

    static JsonObject message(Notification notification) {
        String title = escaped(Wording.title(notification));
        JsonArray blocks = new JsonArray();
        blocks.add(section("*" + title + "*"));
        if (notification.kind() == Notification.Kind.TEST || notification.kind() == Notification.Kind.HEARTBEAT) {
            blocks.add(section(escaped(notification.text())));
        }
        List<Alert> alerts = new ArrayList<>(notification.firing());
        alerts.addAll(notification.resolved());
        alerts.stream().limit(MAX_BLOCKS).forEach(alert -> blocks.add(section(lines(alert))));
        int more = alerts.size() - Math.min(MAX_BLOCKS, alerts.size()) + notification.omitted();
        if (more > 0) {
            blocks.add(section("… and " + more + " more"));
        }
        JsonObject attachment = new JsonObject();
        attachment.addProperty("color", notification.isResolved() ? RESOLVED : colour(notification.severity()));
        attachment.add("blocks", blocks);
        // shown where blocks are not: in notifications, by screen readers
        attachment.addProperty("fallback", title);
        JsonArray attachments = new JsonArray();
        attachments.add(attachment);
        JsonObject message = new JsonObject();
        message.add("attachments", attachments);
        return message;
    }

    private static String lines(Alert alert) {
        String place = Wording.place(alert);
        String mark = alert.state() == AlertState.RESOLVED ? "✓" : "•";
        return mark + " *" + escaped(alert.rule()) + "*" + (place.isEmpty() ? "" : " " + escaped(place)) + " ("
                + Wording.word(alert.severity()) + ")\n" + escaped(Wording.summary(alert)) + "\n_"
                + escaped(Wording.standing(alert)) + "_";
    }

    private static JsonObject section(String markdown) {
        JsonObject text = new JsonObject();
        text.addProperty("type", "mrkdwn");
        text.addProperty("text", markdown.length() > MAX_TEXT ? markdown.substring(0, MAX_TEXT) + "…" : markdown);
        JsonObject section = new JsonObject();
        section.addProperty("type", "section");
        section.add("text", text);
        return section;
    }

    static String colour(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "#b3001b";
            case HIGH -> "#e8590c";
            case MEDIUM -> "#f2c037";
            case LOW -> "#3b82c4";
            case INFO -> "#8a8f98";
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
