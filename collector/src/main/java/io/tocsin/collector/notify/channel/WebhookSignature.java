/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.notify.channel;

import io.tocsin.collector.security.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs by the Standard Webhooks scheme (standardwebhooks.com, version 1): HMAC-SHA256 over {@code id.timestamp.body}, a signature
 * for each secret, so that one may be changed for another without a gap. Thread-safe.
 */
final class WebhookSignature {
    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKeySpec> keys;

    /** @param secrets {@code whsec_} and base64, or any text; none: nothing is signed */
    WebhookSignature(List<Secret> secrets) {
        keys = secrets.stream()
                .map(secret -> new SecretKeySpec(WebhookSecrets.key(secret), ALGORITHM))
                .toList();
    }

    Map<String, String> headers(String id, long nowMillis, String body) {
        String seconds = Long.toString(nowMillis / 1_000);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", seconds);
        if (!keys.isEmpty()) {
            byte[] signed = (id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8);
            headers.put(
                    "webhook-signature",
                    keys.stream().map(key -> sign(key, signed)).collect(Collectors.joining(" ")));
        }
        return headers;
    }

    private static String sign(SecretKeySpec key, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
