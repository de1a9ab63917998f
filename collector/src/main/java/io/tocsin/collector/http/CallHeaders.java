/* SPDX-License-Identifier: Apache-2.0 */
package io.tocsin.collector.http;

import io.grpc.Metadata;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;

/**
 * Hands a request's headers on to its call, where credentials and trace context are read as they are for gRPC's own clients; those that
 * are about the connection or the body, or that gRPC takes for its own, stay behind. Stateless.
 */
final class CallHeaders {
    private static final Set<String> STAY = Set.of(
            "accept",
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent");

    private CallHeaders() {}

    static Metadata of(Exchange exchange) {
        Metadata metadata = new Metadata();
        for (HttpField field : exchange.headers()) {
            String name = field.getName().toLowerCase(Locale.ROOT);
            String value = field.getValue();
            if (value != null && isHandedOn(name) && value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
            }
        }
        return metadata;
    }

    private static boolean isHandedOn(String name) {
        return name.matches("[0-9a-z_.-]+")
                && !STAY.contains(name)
                && !name.startsWith("grpc-")
                && !name.startsWith("sec-")
                && !name.endsWith("-bin");
    }
}
