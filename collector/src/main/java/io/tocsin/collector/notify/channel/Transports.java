/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;

/** Makes what sends to a target. */
public final class Transports {
    private Transports() {}

    /**
     * @param generator where an alert that is sent comes from
     * @param out standard output
     */
    public static Transport to(ChannelSettings channel, URI generator, PrintStream out) {
        Duration timeout = channel.delivery().timeout();
        Target target = channel.target();
        if (target instanceof Target.Webhook webhook) {
            return new WebhookTransport(webhook, timeout);
        }
        if (target instanceof Target.Alertmanager alertmanager) {
            return new AlertmanagerTransport(alertmanager, generator, timeout);
        }
        if (target instanceof Target.Slack slack) {
            return new SlackTransport(slack, timeout);
        }
        if (target instanceof Target.Email email) {
            return new EmailTransport(email, timeout);
        }
        return new LogTransport((Target.Log) target, out);
    }
}
