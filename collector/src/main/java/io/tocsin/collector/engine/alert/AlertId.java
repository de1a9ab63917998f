/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.engine.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of alerts: the same in every replay of a journal, different each time a problem comes. */
final class AlertId {
    private static final int BYTES = 8;

    private AlertId() {}

    static String of(String tenant, String dedupKey, int partition, long offset, long event) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((tenant + '\n' + dedupKey + '\n' + partition + '\n' + offset + '\n' + event)
                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
