/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import java.net.URI;
import java.time.Duration;

/** Posts our own JSON, signed. Thread-safe. */
final class WebhookTransport implements Transport {
    private final HttpPost post;
    private final WebhookSignature signature;

    WebhookTransport(Target.Webhook webhook, Duration timeout) {
        this.post = new HttpPost(URI.create(webhook.url().reveal()), timeout);
        this.signature = new WebhookSignature(webhook.secrets());
    }

    @Override
    public Answer send(Notification notification, long nowMillis) {
        String body = AlertJson.write(AlertJson.envelope(notification));
        return post.send(body, signature.headers(notification.id(), nowMillis, body), nowMillis);
    }

    @Override
    public String target() {
        return post.withoutPath();
    }
}
