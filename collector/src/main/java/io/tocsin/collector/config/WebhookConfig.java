/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.smallrye.config.WithDefault;
import io.tocsin.collector.security.Secret;
import java.util.Optional;

/** The shortest way to a channel. */
public interface WebhookConfig {

    @Help(
            "alerts of medium severity or worse are posted to this address, too; a secret, since such addresses often hold a token")
    @Address
    Optional<Secret> url();

    @Help("signs what is posted to monitoring.webhook.url, by the Standard Webhooks; not set: nothing does")
    Optional<Secret> secret();

    @Help("whether monitoring.webhook.url may be http on another machine, where everybody on the way can read along")
    @WithDefault("false")
    boolean allowHttp();
}
