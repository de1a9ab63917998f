/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import io.tocsin.collector.security.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Secrets as the Standard Webhooks write them: {@code whsec_} and base64. Any other text stands for its own bytes. Stateless. */
public final class WebhookSecrets {
    private static final String ENCODED = "whsec_";

    private WebhookSecrets() {}

    /** Whether a secret that says it is encoded is, and is not empty. */
    public static boolean isSound(Secret secret) {
        try {
            return key(secret).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static byte[] key(Secret secret) {
        String text = secret.reveal();
        return text.startsWith(ENCODED)
                ? Base64.getDecoder().decode(text.substring(ENCODED.length()))
                : text.getBytes(StandardCharsets.UTF_8);
    }
}
