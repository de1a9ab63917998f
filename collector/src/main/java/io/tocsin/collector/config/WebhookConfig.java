/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.config;

import io.tocsin.collector.security.Secret;
import java.util.Optional;

/** The shortest way to a channel. */
public interface WebhookConfig {

    @Help("alerts are posted to this address, too; a secret, since such addresses often hold a token")
    @Address
    Optional<Secret> url();
}
